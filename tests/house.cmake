# SPDX-License-Identifier: MIT
# Tests of the house: they compile and run things of their own, so one build of each compiler has them.

set(scripts "${PROJECT_SOURCE_DIR}/scripts")
set(include_flags --include "${PROJECT_SOURCE_DIR}")
set(compilers --compiler "${CMAKE_CXX_COMPILER}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Messages and costs are each compiler's own, so a second one is asked where there is one.
    find_program(AZOTH_SECOND_COMPILER clang++-19)
    mark_as_advanced(AZOTH_SECOND_COMPILER)
    if(AZOTH_SECOND_COMPILER)
        list(APPEND compilers --compiler "${AZOTH_SECOND_COMPILER}")
    endif()
endif()

function(azoth_add_house_test name)
    add_test(NAME ${name} COMMAND ${Python3_EXECUTABLE} ${ARGN})
    set_tests_properties(${name} PROPERTIES TIMEOUT 1500)
endfunction()

file(GLOB script_tests CONFIGURE_DEPENDS scripts/*_test.py)
foreach(script IN LISTS script_tests)
    get_filename_component(name "${script}" NAME_WE)
    azoth_add_house_test(scripts.${name} "${script}")
endforeach()

# Internal headers may include what the sources do: Boost and the drivers.
set(third_party)
foreach(folder IN LISTS AZOTH_BOOST_INCLUDE_DIR SQLite3_INCLUDE_DIRS PostgreSQL_INCLUDE_DIRS
    LIBMARIADB_INCLUDE_DIRS)
    list(APPEND third_party --include "${folder}")
endforeach()
azoth_add_house_test(headers "${scripts}/check_headers.py" --root "${PROJECT_SOURCE_DIR}"
    --compiler "${CMAKE_CXX_COMPILER}" ${third_party})
set_property(TEST headers PROPERTY PROCESSORS 2)

file(GLOB_RECURSE mistakes CONFIGURE_DEPENDS compile_fail/*.cpp)
if(mistakes)
    azoth_add_house_test(compile_fail "${scripts}/compile_fail.py" "${CMAKE_CURRENT_SOURCE_DIR}/compile_fail"
        ${compilers} ${include_flags})
    set_property(TEST compile_fail PROPERTY PROCESSORS 2)
endif()

# The functions that are left in the object file keep what has been reached (docs/performance.md). What the
# compilers execute is counted by `make test-all`.
set(core_limit 1010)
set(orm_limit 1400)
foreach(part core orm)
    set(budget_program "${CMAKE_CURRENT_SOURCE_DIR}/compile_time/${part}_program.cpp")
    azoth_add_house_test(compile_budget_${part} "${scripts}/compile_budget.py"
        "${budget_program}" --functions ${${part}_limit} ${compilers} ${include_flags})
    # What is measured must be a program that works.
    add_executable(azoth_${part}_program "${budget_program}")
    target_link_libraries(azoth_${part}_program PRIVATE azoth_build_flags azoth::azoth azoth::sqlite)
    add_test(NAME ${part}_program COMMAND azoth_${part}_program)
endforeach()

azoth_add_house_test(packaging "${scripts}/packaging_test.py"
    --source "${PROJECT_SOURCE_DIR}" --build "${PROJECT_BINARY_DIR}"
    --work "${PROJECT_BINARY_DIR}/packaging" --consumer "${CMAKE_CURRENT_SOURCE_DIR}/packaging/consumer")
set_property(TEST packaging PROPERTY PROCESSORS 2)
set_property(TEST packaging PROPERTY FIXTURES_SETUP installed)

# Shared libraries that share mapped classes, against the shared libraries that were just installed.
set(shared_classes_build "${PROJECT_BINARY_DIR}/shared_classes")
add_test(NAME shared_classes COMMAND ${CMAKE_CTEST_COMMAND}
    --build-and-test "${CMAKE_CURRENT_SOURCE_DIR}/shared_classes" "${shared_classes_build}"
    --build-generator Ninja
    --build-options "-DCMAKE_PREFIX_PATH=${PROJECT_BINARY_DIR}/packaging/shared"
        "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}" -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF
        "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror"
    --test-command "${shared_classes_build}/program")
set_tests_properties(shared_classes PROPERTIES FIXTURES_REQUIRED installed TIMEOUT 600)

azoth_add_house_test(requirements "${scripts}/requirements_table.py" --root "${PROJECT_SOURCE_DIR}")

# The documentation's C++ blocks, as one program.
file(GLOB documents CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/docs/*.md")
if(documents)
    set(docs_program "${CMAKE_CURRENT_BINARY_DIR}/docs_program.cpp")
    add_custom_command(OUTPUT "${docs_program}"
        COMMAND ${Python3_EXECUTABLE} "${scripts}/docs_program.py" --output "${docs_program}" ${documents}
        DEPENDS "${scripts}/docs_program.py" ${documents}
        COMMENT "Collecting the C++ blocks of the documentation"
        VERBATIM)
    add_executable(azoth_docs "${docs_program}" docs/runner.cpp docs/runner.hpp)
    target_link_libraries(azoth_docs PRIVATE azoth_test_base)
    # Examples show things by naming them, whether or not they go on to use the name.
    target_compile_options(azoth_docs PRIVATE -Wno-unused-variable -Wno-unused-but-set-variable -Wno-shadow)
    add_test(NAME docs COMMAND azoth_docs)
    set_tests_properties(docs PROPERTIES TIMEOUT 300)
endif()
