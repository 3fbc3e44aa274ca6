import type { Plan } from '../../../../shared/plan/schema.ts';
import type { Differences } from '../../../../shared/protocol/page.ts';
import { roleTitle } from '../../../../shared/steps/catalogue.ts';
import { Failure, Skeleton } from '../parts/notice.tsx';
import { activityMark, head } from '../state/live.ts';
import { language } from '../state/preferences.ts';
import { useResource } from '../state/resource.ts';
import { t } from '../text/index.ts';
import { PlanProblems } from './cluster-notices.tsx';

/** The plan in force, and what of it the cluster does not show. */
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
      {plan.error !== null && <Failure error={plan.error} retry={plan.reload} />}
      {found.value !== null && <Difference differences={found.value.differences} />}
      {plan.value === null ? <Skeleton rows={5} /> : <Settings plan={plan.value} />}
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

function Settings({ plan: { settings, hosts } }: { plan: Plan }) {
  const text = t().plan;
  const { kubernetes, runtime, network, endpoint } = settings;
  const mirrors = Object.entries(runtime.registryMirrors).map(([registry, urls]) => `${registry}: ${urls.join(', ')}`);
  const rows: [string, string][] = [
    [text.kubernetes, kubernetes.packageVersion ?? kubernetes.version],
    [
      text.packages,
      `${kubernetes.packages.url} ${kubernetes.packages.suite} ${kubernetes.packages.components.join(' ')}`,
    ],
    [text.images, kubernetes.imageRepository],
    [text.endpoint, `${endpoint.host}:${endpoint.port}`],
    [text.runtime, `${runtime.name} (${runtime.package})`],
    [text.mirrors, mirrors.join('\n') || text.nothing],
    [text.network, network.plugin.title],
    [text.pods, network.podSubnet],
    [text.services, network.serviceSubnet],
  ];
  return (
    <>
      <section aria-labelledby="settings">
        <h2 id="settings">{text.settings}</h2>
        <dl class="facts">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="planned">
        <h2 id="planned">{t().hosts}</h2>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                {[text.host, text.role, text.address, text.labels, text.taints].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {hosts.map(({ name, role, address, labels, taints }) => (
                <tr key={name}>
                  <th scope="row">
                    <a href={`/hosts/${name}`}>{name}</a>
                  </th>
                  <td>{roleTitle[role][language.value]}</td>
                  <td class="number">{address}</td>
                  <td>
                    {Object.entries(labels)
                      .map(([key, value]) => `${key}=${value}`)
                      .join(', ')}
                  </td>
                  <td>
                    {taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`).join(', ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}
