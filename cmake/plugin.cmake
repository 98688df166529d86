# viche_plugin(name [TEST] [SOURCES …] [LIBS …]): builds <build>/plugins/<name>/<name>.so with its texts beside it, as installed.
# TEST: a plugin for tests, under <build>/tests/plugins, never installed. The SDK installs this file: strangers' plugins are built
# by the same lines as ours.
include(GNUInstallDirs)

function(viche_plugin name)
  cmake_parse_arguments(P "TEST" "" "SOURCES;LIBS" ${ARGN})
  set(dir ${CMAKE_BINARY_DIR}/plugins/${name})
  if(P_TEST)
    set(dir ${CMAKE_BINARY_DIR}/tests/plugins/${name})
  endif()
  add_library(${name} MODULE ${P_SOURCES})
  set_property(GLOBAL APPEND PROPERTY VICHE_PLUGINS ${name})
  set_target_properties(${name} PROPERTIES PREFIX "" C_VISIBILITY_PRESET hidden LIBRARY_OUTPUT_DIRECTORY ${dir})
  target_link_libraries(${name} PRIVATE Viche::api $<TARGET_NAME_IF_EXISTS:viche_flags> ${P_LIBS})
  if(NOT VICHE_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,--no-undefined)
  endif()
  file(GLOB texts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/texts/*.json)
  if(texts)
    add_custom_command(OUTPUT ${dir}/texts.stamp DEPENDS ${texts}
      COMMAND ${CMAKE_COMMAND} -E rm -rf ${dir}/texts
      COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_CURRENT_SOURCE_DIR}/texts ${dir}/texts
      COMMAND ${CMAKE_COMMAND} -E touch ${dir}/texts.stamp)
    add_custom_target(${name}_texts ALL DEPENDS ${dir}/texts.stamp)
  endif()
  if(P_TEST)
    return()
  endif()
  install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/viche/plugins/${name})
  if(texts)
    install(DIRECTORY texts DESTINATION ${CMAKE_INSTALL_LIBDIR}/viche/plugins/${name})
  endif()
endfunction()
