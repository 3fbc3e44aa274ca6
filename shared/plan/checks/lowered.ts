import { checkLike } from '../../kubeadm/ignored-errors.ts';
import { catalogue, checkOf } from '../../preflight/catalogue.ts';
import type { Report } from '../problem.ts';
import { closest, didYouMean } from '../suggestion.ts';
import type { PartialPlan } from '../written.ts';

const ids = catalogue.map(({ id }) => id);
const maxReason = 200;
const listHint = { en: 'list all: muster-agent preflight --list', zh: '列出全部：muster-agent preflight --list' };

/** Requires existing checks that may be lowered, each with a reason. */
export function checkLowered({ preflight }: PartialPlan, report: Report): void {
  for (const [id, rule] of Object.entries(preflight?.lower ?? {})) {
    const path = ['preflight', 'lower', id];
    const check = checkOf(id);
    if (check === undefined) {
      const meant = checkLike(id) ?? closest(id, ids);
      report(path, 'check-unknown', { hint: meant === null ? listHint : didYouMean(meant) });
    } else if (check.fixed === true) {
      report(path, 'check-fixed');
    } else if (check.level !== 'error') {
      report(path, 'check-never-blocks');
    }
    const reason = rule?.reason;
    if (reason === undefined) continue;
    if (reason.trim() === '' || reason.length > maxReason) report([...path, 'reason'], 'lower-reason-invalid');
  }
}
