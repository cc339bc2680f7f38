# SPDX-License-Identifier: MIT
# How everything of the project is compiled. Settings that a program using Azoth must share travel
# with the targets; everything here is private to the project's own build.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
# Static libraries too: they may end in somebody's shared library. It also lets ccache serve the
# shared build from the static one.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# ccache, where present and nobody chose a launcher. All sources are named by absolute paths, so
# results need not depend on the build directory: the shared build is served from the static one.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(AZOTH_CCACHE ccache)
    mark_as_advanced(AZOTH_CCACHE)
    if(AZOTH_CCACHE)
        set(CMAKE_CXX_COMPILER_LAUNCHER
            "${CMAKE_COMMAND}" -E env CCACHE_NOHASHDIR=1 "${AZOTH_CCACHE}")
    endif()
endif()

add_library(azoth_build_flags INTERFACE)
target_compile_options(azoth_build_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion $<$<BOOL:${AZOTH_WERROR}>:-Werror>)

# Functions that a shared library exports may be inlined in their own source, as clang always does it:
# nobody puts another function in the place of one of ours.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(azoth_build_flags INTERFACE -fno-semantic-interposition)
endif()

# False alarms of g++ 12's optimiser: string concatenation "overlaps" (GCC bug 105651), members of an
# optional or a map are "uninitialized" (105562).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(azoth_build_flags INTERFACE
        -Wno-restrict -Wno-maybe-uninitialized -Wno-dangling-pointer)
endif()

if(AZOTH_SANITIZE STREQUAL "address")
    set(azoth_sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
elseif(AZOTH_SANITIZE STREQUAL "thread")
    set(azoth_sanitizers -fsanitize=thread)
elseif(AZOTH_SANITIZE STREQUAL "fuzzer")
    # What libFuzzer wants in all code that it searches; its own main function goes to the targets alone.
    if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        message(FATAL_ERROR "AZOTH_SANITIZE=fuzzer needs clang")
    endif()
    set(azoth_sanitizers -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
elseif(AZOTH_SANITIZE)
    message(FATAL_ERROR
        "AZOTH_SANITIZE is '${AZOTH_SANITIZE}'; it takes address, thread, fuzzer or nothing")
endif()
if(azoth_sanitizers)
    target_compile_options(azoth_build_flags INTERFACE ${azoth_sanitizers} -fno-omit-frame-pointer)
    target_link_options(azoth_build_flags INTERFACE ${azoth_sanitizers})
endif()

# azoth_precompile(<target> FROM <other target> | HEADERS <header>...): headers that the target reads compiled,
# where AZOTH_PRECOMPILE says so.
function(azoth_precompile target)
    cmake_parse_arguments(arg "" "FROM" "HEADERS" ${ARGN})
    if(AZOTH_PRECOMPILE AND arg_FROM)
        target_precompile_headers(${target} REUSE_FROM ${arg_FROM})
    elseif(AZOTH_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE ${arg_HEADERS})
    endif()
endfunction()

if(AZOTH_CONSTANT_HASH)
    target_compile_definitions(azoth_build_flags INTERFACE AZOTH_CONSTANT_HASH)
endif()
