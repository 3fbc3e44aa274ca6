import type { PageRole } from '../../../../shared/protocol/page.ts';

/** The signed-in role. It decides what is offered here; the coordinator decides what is allowed. */
export const role: PageRole = document.getElementById('app')?.dataset.role === 'operator' ? 'operator' : 'viewer';
export const mayAct = role === 'operator';
