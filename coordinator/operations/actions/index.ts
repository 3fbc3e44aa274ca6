import type { Action } from '../../../shared/actions/catalogue.ts';
import { cancel } from './cancel.ts';
import { convert } from './convert.ts';
import type { ActionHandler } from './definition.ts';
import { pause } from './pause.ts';
import { pick } from './pick.ts';
import { readmit } from './readmit.ts';
import { replace } from './replace.ts';
import { reset } from './reset.ts';
import { resume } from './resume.ts';
import { retire } from './retire.ts';

export const actionHandlers: Readonly<Record<Action, ActionHandler>> = {
  pause,
  resume,
  reset,
  retire,
  readmit,
  replace,
  convert,
  cancel,
  pick,
};
