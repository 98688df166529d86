/* SPDX-License-Identifier: MIT
 * The whole plugin API. Include this one. */
#ifndef VICHE_H
#define VICHE_H

#include <viche/channel.h>
#include <viche/desk.h>
#include <viche/list.h>
#include <viche/plugin.h>
#include <viche/turn.h>

#endif
