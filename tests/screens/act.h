/*
 * The commands that do something: each returns 0, or -1 after script_fail.
 * Their arguments are described in README.md.
 */
#ifndef ACT_H
#define ACT_H

#include "script.h"

int	act_cursor_report(struct script *, char **);
int	act_deadline(struct script *, char **);
int	act_env(struct script *, char **);
int	act_hangup(struct script *, char **);
int	act_key(struct script *, char **);
int	act_keys_until(struct script *, char **);
int	act_paste(struct script *, char **);
int	act_paste_file(struct script *, char **);
int	act_paste_plain(struct script *, char **);
int	act_resize(struct script *, char **);
int	act_run(struct script *, char **);
int	act_shell(struct script *, char **);
int	act_shot(struct script *, char **);
int	act_signal(struct script *, char **);
int	act_size(struct script *, char **);
int	act_type(struct script *, char **);
int	act_unset(struct script *, char **);

#endif
