# SPDX-License-Identifier: MIT
# Example programs: every folder of examples/ that holds sources is one, named after the folder, and
# every single source beside them is one, named after the file. They see what a user's program sees:
# the public headers and all dialects of this build.

get_property(azoth_components GLOBAL PROPERTY AZOTH_COMPONENTS)
list(TRANSFORM azoth_components PREPEND azoth:: OUTPUT_VARIABLE azoth_component_targets)

file(GLOB azoth_example_entries CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/examples/*")
foreach(entry IN LISTS azoth_example_entries)
    if(IS_DIRECTORY "${entry}")
        file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${entry}/*.cpp" "${entry}/*.hpp")
    elseif(entry MATCHES "\\.cpp$")
        set(sources "${entry}")
    else()
        continue()
    endif()
    if(NOT sources MATCHES "\\.cpp")
        continue()
    endif()
    get_filename_component(name "${entry}" NAME_WE)
    add_executable(${name} ${sources})
    target_include_directories(${name} PRIVATE "${entry}")
    target_link_libraries(${name} PRIVATE azoth_build_flags ${azoth_component_targets})
    set_target_properties(${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/examples")
endforeach()
