# SPDX-License-Identifier: MIT
# Example programs: every single source in examples/ is one, named after the file, and sees what a user's
# program sees: the public headers and all dialects of this build. Larger ones have a folder with a
# CMakeLists.txt of their own, which may define <folder>_lib, everything but main(), for their tests.

get_property(azoth_components GLOBAL PROPERTY AZOTH_COMPONENTS)
list(TRANSFORM azoth_components PREPEND azoth:: OUTPUT_VARIABLE azoth_component_targets)

file(GLOB azoth_example_entries CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/examples/*")
foreach(entry IN LISTS azoth_example_entries)
    get_filename_component(name "${entry}" NAME_WE)
    if(EXISTS "${entry}/CMakeLists.txt" AND EXISTS "${entry}/main.cpp")
        add_subdirectory("${entry}" "${PROJECT_BINARY_DIR}/build-examples/${name}")
        continue()
    elseif(NOT entry MATCHES "\\.cpp$")
        continue()
    endif()
    add_executable(${name} "${entry}")
    target_link_libraries(${name} PRIVATE azoth_build_flags ${azoth_component_targets})
    set_target_properties(${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/examples")
endforeach()
