/* SPDX-License-Identifier: MPL-2.0
 * Cards that came before the service, by post or by telephone: `viche import TOWN cards FILE.csv`. Nobody is told anything but the officials;
 * a key that was imported before is not registered again. */
#include "cases.h"

#include <stdlib.h>

void data_card_row(struct viche_turn *t)
{
    struct card card;
    struct viche_case from = {
        .size = sizeof from, .type = viche_get(t, "type"), .channel = viche_get(t, "channel"), .kind = viche_get(t, "kind"),
        .surname = viche_get(t, "surname"), .first_name = viche_get(t, "first_name"), .patronymic = viche_get(t, "patronymic"),
        .residence = viche_get(t, "residence"), .phone = viche_get(t, "phone"), .essence = viche_get(t, "essence"),
        .category = viche_get(t, "category"), .organisation = viche_get(t, "organisation"), .place = viche_get(t, "place"),
        .latitude = strtod(viche_get(t, "latitude"), NULL), .longitude = strtod(viche_get(t, "longitude"), NULL),
        .key = viche_print(t, "import %s", viche_get(t, "key")),
    };
    const char *why = card_open(t, &from, 0, &card);
    if (why)
        viche_bad(t, "essence", why);
}
