/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * version: the number of this release, in this one place. CHANGELOG says what each brought.
 */
#ifndef TOBAN_BASE_VERSION_H
#define TOBAN_BASE_VERSION_H

#define TB_VERSION "0.2.0"

#endif
