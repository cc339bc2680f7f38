# SPDX-License-Identifier: MIT
# A program of the concurrency tests alone, for the build under ThreadSanitizer that every test run
# includes: compiling all tests for it would cost minutes and prove nothing more. A concurrency test is
# one whose name says so: it holds "thread" or "concurren", in small letters or capitalized.

set(concurrency_sources)
foreach(folder IN LISTS azoth_layers ITEMS compliance)
    file(GLOB_RECURSE candidates CONFIGURE_DEPENDS ${folder}/*_test.cpp)
    foreach(source IN LISTS candidates)
        file(READ "${source}" text)
        if(text MATCHES "TEST[A-Z_]*\\([^)]*([Tt]hread|[Cc]oncurren)")
            # With whatever stands beside it to help the tests of its folder.
            get_filename_component(beside "${source}" DIRECTORY)
            file(GLOB helpers CONFIGURE_DEPENDS "${beside}/*.cpp")
            list(FILTER helpers EXCLUDE REGEX "_test\\.cpp$")
            list(APPEND concurrency_sources "${source}" ${helpers})
        endif()
        # Whether a file belongs to them is decided by what it says, so changes must bring us back here.
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
    endforeach()
endforeach()
list(REMOVE_DUPLICATES concurrency_sources)
if(concurrency_sources)
    add_executable(azoth_thread_tests EXCLUDE_FROM_ALL ${concurrency_sources})
    target_link_libraries(azoth_thread_tests PRIVATE azoth_test_support azoth_test_base)
    azoth_add_test(threads azoth_thread_tests
        "--gtest_filter=*thread*:*Thread*:*concurren*:*Concurren*")
    set_property(TEST threads PROPERTY LABELS threads)
endif()
