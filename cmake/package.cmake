# `cpack -G DEB` in the build tree (the presets' prefix is /usr) makes two packages: viche runs a host, viche-dev builds plugins.
# What goes to fixed places outside the prefix (/etc) is installed by the package only, never by `cmake --install`.
file(GLOB conf CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/conf ${CMAKE_SOURCE_DIR}/conf/towns/*.ini
     ${CMAKE_SOURCE_DIR}/conf/regulations/*.ini ${CMAKE_SOURCE_DIR}/conf/classifiers/*.csv
     ${CMAKE_SOURCE_DIR}/conf/abuse/*.txt)
set(conffiles "/etc/viche/viche.ini\n")
foreach(file ${conf})
  string(APPEND conffiles "/etc/viche/${file}\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/packaging/conffiles CONTENT "${conffiles}")
install(FILES conf/viche.ini DESTINATION /etc/viche COMPONENT system EXCLUDE_FROM_ALL)
install(DIRECTORY conf/towns conf/regulations conf/classifiers conf/abuse DESTINATION /etc/viche COMPONENT system EXCLUDE_FROM_ALL
        FILES_MATCHING PATTERN *.ini PATTERN *.csv PATTERN *.txt)
install(FILES packaging/viche.service DESTINATION /usr/lib/systemd/system COMPONENT system EXCLUDE_FROM_ALL)
install(FILES packaging/copyright DESTINATION /usr/share/doc/viche COMPONENT system EXCLUDE_FROM_ALL)
install(FILES packaging/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/viche-dev COMPONENT dev EXCLUDE_FROM_ALL)

set(CPACK_PACKAGE_VENDOR viche)
set(CPACK_PACKAGE_CONTACT "the viche authors <viche@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL host system dev)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_RUN_PACKAGE_NAME viche)
set(CPACK_DEBIAN_RUN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_RUN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUN_PACKAGE_DEPENDS "adduser, ca-certificates, tzdata")
set(CPACK_DEBIAN_RUN_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/packaging/conffiles
    ${CMAKE_SOURCE_DIR}/packaging/postinst ${CMAKE_SOURCE_DIR}/packaging/prerm ${CMAKE_SOURCE_DIR}/packaging/postrm)
set(CPACK_DEBIAN_SDK_PACKAGE_NAME viche-dev)
set(CPACK_DEBIAN_SDK_PACKAGE_SECTION libdevel)
include(CPack)
cpack_add_component(host GROUP run)
cpack_add_component(system GROUP run)
cpack_add_component(dev GROUP sdk)
cpack_add_component_group(run DESCRIPTION "The host, its tool and the plugins that come with it")
cpack_add_component_group(sdk DESCRIPTION "Headers and template for writing plugins")
