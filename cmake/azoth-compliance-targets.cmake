# SPDX-License-Identifier: MIT
# azoth::compliance: the tests of the compliance suite and the main() that runs them. Tests make
# themselves known by static variables, so the library is linked as a whole.

get_filename_component(azoth_compliance_lib "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
find_path(AZOTH_COMPLIANCE_INCLUDE_DIR azoth/compliance.hpp
    HINTS "${azoth_compliance_lib}/../include" "${azoth_compliance_lib}/../../include"
    PATH_SUFFIXES azoth-compliance)

if(NOT TARGET azoth::compliance)
    add_library(azoth::compliance INTERFACE IMPORTED)
    target_compile_features(azoth::compliance INTERFACE cxx_std_20)
    target_include_directories(azoth::compliance INTERFACE "${AZOTH_COMPLIANCE_INCLUDE_DIR}")
    target_link_libraries(azoth::compliance INTERFACE
        "-Wl,--whole-archive,${azoth_compliance_lib}/libazoth-compliance.a,--no-whole-archive"
        azoth::sqlite azoth::postgresql azoth::mariadb GTest::gmock GTest::gtest)
endif()
unset(azoth_compliance_lib)
