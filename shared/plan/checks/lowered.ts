import { catalogue, checkOf } from '../../preflight/catalogue.ts';
import type { Report } from '../problem.ts';
import { closest } from '../suggestion.ts';
import type { PartialPlan } from '../written.ts';

const ids = catalogue.map(({ id }) => id);
const maxReason = 200;

/** Preflight checks that there are, that can be lowered, and each with its reason. */
export function checkLowered({ preflight }: PartialPlan, report: Report): void {
  for (const [id, rule] of Object.entries(preflight?.lower ?? {})) {
    const path = ['preflight', 'lower', id];
    const check = checkOf(id);
    if (check === undefined) {
      const meant = closest(id, ids);
      const hint = meant === null ? 'muster-agent preflight --list shows them all' : `did you mean \`${meant}\`?`;
      report(path, `there is no such check: ${hint}`, 'key');
    } else if (check.fixed === true) {
      report(
        path,
        'this check keeps data from being destroyed, or two hosts apart, and can’t be lowered; mend what it finds',
        'key',
      );
    } else if (check.level !== 'error') {
      report(path, 'this check never stops a host; take it out', 'key');
    }
    const reason = rule?.reason;
    if (reason === undefined) continue;
    if (reason.trim() === '') report([...path, 'reason'], 'the reason is needed: it is shown with the finding');
    else if (reason.length > maxReason)
      report([...path, 'reason'], `a reason of at most ${maxReason} characters is needed`);
  }
}
