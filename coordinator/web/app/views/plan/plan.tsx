import type { Plan } from '../../../../../shared/plan/schema.ts';
import type { Differences } from '../../../../../shared/protocol/page.ts';
import { Failure, Skeleton } from '../../parts/notice.tsx';
import { activityMark, head } from '../../state/live.ts';
import { useResource } from '../../state/resource.ts';
import { t } from '../../text/index.ts';
import { PlanProblems, SettingNotes } from '../overview/cluster-notices.tsx';
import { PlannedHosts, Settings } from './plan-settings.tsx';

/** The plan in force, and its differences from the cluster. */
export function PlanView() {
  const mark = `${activityMark.value} ${head.value?.planProblems.length}`;
  const plan = useResource<Plan>('/v1/plan', mark);
  const found = useResource<Differences>('/v1/plan/differences', mark);
  return (
    <>
      <section class="hero">
        <h1>{t().views.plan}</h1>
      </section>
      <PlanProblems />
      <SettingNotes />
      {plan.error !== null && <Failure error={plan.error} retry={plan.reload} />}
      {found.value !== null && <Difference differences={found.value.differences} />}
      {plan.value === null && <Skeleton rows={5} />}
      {plan.value !== null && <Settings settings={plan.value.settings} />}
      {plan.value !== null && <PlannedHosts hosts={plan.value.hosts} />}
    </>
  );
}

function Difference({ differences }: Differences) {
  const text = t().plan;
  if (differences.length === 0) return <p class="agrees">{text.agrees}</p>;
  return (
    <section aria-labelledby="differs">
      <h2 id="differs">{text.differs}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {[text.host, text.subject, text.planned, text.actual].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(({ host, subject, planned, actual }) => (
              <tr key={`${host} ${subject} ${planned} ${actual}`}>
                <td>{host !== null && <a href={`/hosts/${host}`}>{host}</a>}</td>
                <td>{subject}</td>
                <td>{planned}</td>
                <td>{actual}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
