import type { Action } from '../../../shared/protocol/operation.ts';
import { cancel } from './cancel.ts';
import type { ActionDefinition } from './definition.ts';
import { pause } from './pause.ts';
import { pick } from './pick.ts';
import { readmit } from './readmit.ts';
import { replace } from './replace.ts';
import { reset } from './reset.ts';
import { resume } from './resume.ts';
import { retire } from './retire.ts';

/** Every action that an operator may take on a host. */
export const actionCatalogue: Readonly<Record<Action, ActionDefinition>> = {
  pause,
  resume,
  reset,
  retire,
  readmit,
  replace,
  cancel,
  pick,
};
