# The smaller form of each text, which the gateway gives to browsers that take it: cmake -DFILES=… -P pack.cmake
foreach(text ${FILES})
  file(ARCHIVE_CREATE OUTPUT ${text}.gz PATHS ${text} FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
endforeach()
