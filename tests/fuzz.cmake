# SPDX-License-Identifier: MIT
# Fuzzing: every tests/fuzz/<subject>_fuzz.cpp is a target, with seeds in tests/fuzz/seeds/<subject>.txt.
# AZOTH_SANITIZE=fuzzer builds each as a program of libFuzzer's own, which searches for AZOTH_FUZZ_SECONDS;
# every other build has one program of them all, which replays the seeds and mutations of them.

set(AZOTH_FUZZ_SECONDS 30 CACHE STRING "For how long each fuzz target searches")

file(GLOB fuzz_sources CONFIGURE_DEPENDS fuzz/*_fuzz.cpp)
if(NOT TARGET packages_lib)
    list(FILTER fuzz_sources EXCLUDE REGEX "/packages_")
endif()
add_library(azoth_fuzz_base OBJECT fuzz/support.cpp fuzz/support.hpp)
target_link_libraries(azoth_fuzz_base
    PUBLIC azoth_test_base $<TARGET_NAME_IF_EXISTS:packages_lib>)

add_custom_target(azoth_fuzz_programs)
set(fuzz_targets)
foreach(source IN LISTS fuzz_sources)
    get_filename_component(subject "${source}" NAME)
    string(REPLACE "_fuzz.cpp" "" subject "${subject}")
    set(seeds "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds/${subject}.txt")
    if(AZOTH_SANITIZE STREQUAL "fuzzer")
        add_executable(azoth_fuzz_${subject} "${source}")
        target_link_libraries(azoth_fuzz_${subject} PRIVATE azoth_fuzz_base)
        target_link_options(azoth_fuzz_${subject} PRIVATE -fsanitize=fuzzer)
        add_dependencies(azoth_fuzz_programs azoth_fuzz_${subject})
        add_test(NAME fuzz.${subject} COMMAND ${Python3_EXECUTABLE} "${PROJECT_SOURCE_DIR}/scripts/fuzz.py"
            --seeds "${seeds}" --work "${PROJECT_BINARY_DIR}/fuzz/${subject}"
            --seconds ${AZOTH_FUZZ_SECONDS} $<TARGET_FILE:azoth_fuzz_${subject}>)
        math(EXPR timeout "${AZOTH_FUZZ_SECONDS} * 2 + 120")
        set_tests_properties(fuzz.${subject} PROPERTIES
            LABELS fuzz TIMEOUT ${timeout} ENVIRONMENT "${environment}")
    else()
        # One name for the function in every target is libFuzzer's wish.
        set_source_files_properties("${source}" PROPERTIES
            COMPILE_DEFINITIONS "LLVMFuzzerTestOneInput=azoth_fuzz_${subject}")
        string(APPEND fuzz_targets "AZOTH_FUZZ_TARGET(${subject})\n")
    endif()
endforeach()

if(NOT AZOTH_SANITIZE STREQUAL "fuzzer")
    file(GENERATE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/azoth_fuzz_targets.inc" CONTENT "${fuzz_targets}")
    file(GLOB replay_sources CONFIGURE_DEPENDS fuzz/replay/*.cpp fuzz/replay/*.hpp)
    add_executable(azoth_fuzz_replay ${fuzz_sources} ${replay_sources})
    target_include_directories(azoth_fuzz_replay PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
    target_link_libraries(azoth_fuzz_replay PRIVATE azoth_fuzz_base)
    add_dependencies(azoth_fuzz_programs azoth_fuzz_replay)
    add_test(NAME fuzz COMMAND azoth_fuzz_replay "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds" 20000)
    set_tests_properties(fuzz PROPERTIES LABELS fuzz TIMEOUT 600 ENVIRONMENT "${environment}")
endif()
