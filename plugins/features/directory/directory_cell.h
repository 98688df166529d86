/* SPDX-License-Identifier: MPL-2.0
 * What may stand in a cell of the imported table. Knows no plugin API. Each returns NULL, or the text key of what is wrong. */
#ifndef DIRECTORY_CELL_H
#define DIRECTORY_CELL_H

const char *cell_phones(const char *text); /* "+380 (4340) 0-00-21; 104" */
const char *cell_site(const char *text);   /* "https://…" */
const char *cell_flag(const char *text);   /* "yes" or "" */
const char *cell_name(const char *text);   /* one line, not endless */
const char *cell_latitude(const char *text);
const char *cell_longitude(const char *text);

#endif
