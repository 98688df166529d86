# Warnings are errors, with gcc and clang; hardening as Debian builds it; sanitizers by -DVICHE_SANITIZE=address,undefined;
# coverage for libFuzzer by -DVICHE_FUZZ=ON (clang only).
set(VICHE_SANITIZE "" CACHE STRING "sanitizers for -fsanitize=")
option(VICHE_FUZZ "build the fuzz targets (clang)" OFF)

add_library(viche_flags INTERFACE)
target_compile_options(viche_flags INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes>
  $<$<COMPILE_LANG_AND_ID:C,Clang>:-Wno-string-concatenation> # "\x7f" "ELF" in a table is meant
  -fstack-protector-strong -fno-common)
if(NOT VICHE_SANITIZE AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_options(viche_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
target_link_options(viche_flags INTERFACE -Wl,-z,relro,-z,now)
if(VICHE_SANITIZE)
  add_compile_options(-fsanitize=${VICHE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${VICHE_SANITIZE})
endif()
if(VICHE_FUZZ)
  add_compile_options(-O1 -fsanitize=fuzzer-no-link)
endif()
