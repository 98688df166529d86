# viche_plugin(name [TEST] [SOURCES …] [LIBS …]): builds <build>/plugins/<name>/<name>.so with its texts beside it, as installed.
# TEST: a plugin for tests, under <build>/tests/plugins, never installed.
function(viche_plugin name)
  cmake_parse_arguments(P "TEST" "" "SOURCES;LIBS" ${ARGN})
  set(dir ${CMAKE_BINARY_DIR}/plugins/${name})
  if(P_TEST)
    set(dir ${CMAKE_BINARY_DIR}/tests/plugins/${name})
  endif()
  add_library(${name} MODULE ${P_SOURCES})
  set_target_properties(${name} PROPERTIES PREFIX "" C_VISIBILITY_PRESET hidden LIBRARY_OUTPUT_DIRECTORY ${dir})
  target_link_libraries(${name} PRIVATE viche_api viche_flags ${P_LIBS})
  if(NOT VICHE_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,--no-undefined)
  endif()
  file(GLOB texts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/texts/*.json)
  add_custom_command(OUTPUT ${dir}/texts.stamp DEPENDS ${texts}
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${dir}/texts
    COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_CURRENT_SOURCE_DIR}/texts ${dir}/texts
    COMMAND ${CMAKE_COMMAND} -E touch ${dir}/texts.stamp)
  add_custom_target(${name}_texts ALL DEPENDS ${dir}/texts.stamp)
  if(P_TEST)
    return()
  endif()
  install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/viche/plugins/${name})
  install(DIRECTORY texts DESTINATION ${CMAKE_INSTALL_LIBDIR}/viche/plugins/${name})
endfunction()
