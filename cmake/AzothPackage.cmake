# SPDX-License-Identifier: MIT
# Debian packages by `cpack -G DEB`: of a shared build one for each library and one for development, of
# a static build the one for development.

set(CPACK_PACKAGE_NAME azoth)
set(CPACK_PACKAGE_VENDOR "Azoth")
set(CPACK_PACKAGE_CONTACT "The Azoth developers <azoth@localhost>" CACHE STRING
    "The maintainer that packages name")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION libs)

# The interface's version is in the name of a library's package, as Debian has it: two of them may be
# installed at once. See SOVERSION in AzothComponent.cmake.
set(azoth_abi "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}")
set(azoth_development_depends)
set(CPACK_COMPONENTS_ALL development)
if(BUILD_SHARED_LIBS)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${PROJECT_BINARY_DIR}")
    # Its own libraries are found while they are packed: what they need of each other is known here.
    set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
    set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY "=")
    foreach(component IN LISTS azoth_components)
        get_target_property(target azoth::${component} ALIASED_TARGET)
        get_target_property(library ${target} OUTPUT_NAME)
        list(APPEND CPACK_COMPONENTS_ALL runtime-${component})
        string(TOUPPER "RUNTIME-${component}" name)
        set(CPACK_DEBIAN_${name}_PACKAGE_NAME lib${library}${azoth_abi})
        set(CPACK_COMPONENT_${name}_DESCRIPTION "The shared library of Azoth's component ${component}.")
        if(NOT component STREQUAL "azoth")
            set(CPACK_DEBIAN_${name}_PACKAGE_DEPENDS "libazoth${azoth_abi} (= ${PROJECT_VERSION})")
        endif()
        list(APPEND azoth_development_depends "lib${library}${azoth_abi} (= ${PROJECT_VERSION})")
    endforeach()
else()
    if(AZOTH_SQLITE)
        list(APPEND azoth_development_depends libsqlite3-dev)
    endif()
    if(AZOTH_POSTGRESQL)
        list(APPEND azoth_development_depends libpq-dev)
    endif()
    if(AZOTH_MARIADB)
        list(APPEND azoth_development_depends libmariadb-dev)
    endif()
endif()
list(JOIN azoth_development_depends ", " CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libazoth-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Headers, CMake package and pkg-config files of Azoth.")

include(CPack)
