import { cancel } from './cancel.ts';
import { convert } from './convert.ts';
import type { ActionDefinition, OperationDefinition } from './definition.ts';
import { pause } from './pause.ts';
import { pick } from './pick.ts';
import { readmit } from './readmit.ts';
import { replace } from './replace.ts';
import { reset } from './reset.ts';
import { resume } from './resume.ts';
import { retire } from './retire.ts';

/** All operator actions on a host, in the order of `muster --help` and of the page's buttons. */
const definitions = { pause, resume, reset, retire, readmit, replace, convert, cancel, pick };
type Definitions = typeof definitions;

export type Action = keyof Definitions;
/** Actions that consist of parts and start an operation. */
export type OperationKind = {
  [A in Action]: Definitions[A] extends OperationDefinition ? A : never;
}[Action];

export const actionCatalogue: Readonly<Record<Action, ActionDefinition> & Record<OperationKind, OperationDefinition>> =
  definitions;

export const actions = Object.keys(definitions) as Action[];
export const operationKinds = actions.filter((action): action is OperationKind => 'parts' in definitions[action]);
