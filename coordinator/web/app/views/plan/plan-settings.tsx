import type { Plan, PlannedHost } from '../../../../../shared/plan/schema.ts';
import { roleTitle } from '../../../../../shared/steps/catalogue.ts';
import { language } from '../../state/preferences.ts';
import { t } from '../../text/index.ts';

export function Settings({ settings }: Pick<Plan, 'settings'>) {
  return (
    <section aria-labelledby="settings">
      <h2 id="settings">{t().plan.settings}</h2>
      <dl class="facts">
        {rowsOf(settings).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function rowsOf({ kubernetes, runtime, network, endpoint }: Plan['settings']): [string, string][] {
  const text = t().plan;
  const { url, suite, components } = kubernetes.packages;
  const mirrors = Object.entries(runtime.registryMirrors).map(([registry, urls]) => `${registry}: ${urls.join(', ')}`);
  return [
    [text.kubernetes, kubernetes.packageVersion ?? kubernetes.version],
    [text.packages, `${url} ${suite} ${components.join(' ')}`],
    [text.images, kubernetes.imageRepository],
    [text.endpoint, `${endpoint.host}:${endpoint.port}`],
    [
      text.runtime,
      [`${runtime.name} (${runtime.package})`, runtime.version, runtime.packages?.url].filter(Boolean).join(' '),
    ],
    [text.mirrors, mirrors.join('\n') || text.nothing],
    [text.network, network.plugin.title],
    [text.pods, network.podSubnet],
    [text.services, network.serviceSubnet],
  ];
}

export function PlannedHosts({ hosts }: Pick<Plan, 'hosts'>) {
  const text = t().plan;
  return (
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
            {hosts.map((host) => (
              <PlannedRow key={host.name} host={host} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function PlannedRow({ host: { name, role, address, labels, taints } }: { host: PlannedHost }) {
  const taintText = ({ key, value, effect }: PlannedHost['taints'][number]) =>
    `${key}${value ? `=${value}` : ''}:${effect}`;
  return (
    <tr>
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
      <td>{taints.map(taintText).join(', ')}</td>
    </tr>
  );
}
