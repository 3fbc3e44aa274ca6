import { formatProblem } from '../../../../../shared/plan/problem.ts';
import { coordinatorsText } from '../../../../../shared/status/coordinators.ts';
import { etcdText } from '../../../../../shared/status/etcd.ts';
import { settingNoteText } from '../../../../../shared/status/setting-note.ts';
import { Command } from '../../parts/command.tsx';
import { Notice } from '../../parts/notice.tsx';
import { head } from '../../state/live.ts';
import { language } from '../../state/preferences.ts';
import { t } from '../../text/index.ts';

/** Problems of the coordinator itself. */
export function CoordinatorNotices() {
  const notices = head.value?.notices ?? [];
  if (notices.length === 0) return null;
  return (
    <Notice title={t().coordinator} tone="bad">
      {notices.map(({ code, text, command }) => (
        <div key={code}>
          <p>{text[language.value]}</p>
          <Command text={command} />
        </div>
      ))}
    </Notice>
  );
}

export function PlanProblems() {
  const problems = head.value?.planProblems ?? [];
  if (problems.length === 0) return null;
  return (
    <Notice title={t().planProblems} tone="bad">
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.line} ${problem.path} ${problem.code}`}>
            <code>{formatProblem(problem.file, problem)[language.value]}</code>
          </li>
        ))}
      </ul>
      <p>{t().mendPlan}</p>
      <Command text="muster plan check /etc/muster/cluster.yaml" />
    </Notice>
  );
}

/** Planned settings that the running cluster does not have. */
export function SettingNotes() {
  const notes = head.value?.settingNotes ?? [];
  if (notes.length === 0) return null;
  return (
    <Notice title={t().settingNotes}>
      <ul>
        {notes.map((note) => (
          <li key={note.field}>
            <p>{settingNoteText(note)[language.value]}</p>
            <p class="quiet">{note.remedy[language.value]}</p>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Shown while no host has enrolled. */
export function FirstSteps() {
  return (
    <Notice title={t().noHostYet}>
      <p>{t().pasteThere}</p>
      <p class="quiet">
        <a href="/tokens">{t().tokens.make}</a> · {t().onCoordinator}
      </p>
      <Command text="sudo muster token create --workers" />
    </Notice>
  );
}

export function UnplannedNodes() {
  const nodes = head.value?.cluster.unplannedNodes ?? [];
  if (nodes.length === 0) return null;
  return (
    <Notice title={t().unplanned}>
      <ul>
        {nodes.map(({ name, ready, version }) => (
          <li key={name}>
            {name}: {ready ? 'Ready' : t().notReady}, {version}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Identity of the cluster and its coordinator. */
export function ClusterFacts() {
  if (head.value === null) return null;
  const { cluster, coordinator } = head.value;
  return (
    <footer>
      <dl>
        <div>
          <dt>Kubernetes</dt>
          <dd>{cluster.kubernetesVersion}</dd>
        </div>
        <div>
          <dt>{t().coordinator}</dt>
          <dd>
            {coordinator.url} · muster {coordinator.version}
            {coordinator.all !== undefined && <> · {coordinatorsText(coordinator.all)[language.value]}</>}
          </dd>
        </div>
        {cluster.etcd !== undefined && (
          <div class="wide">
            <dt>etcd</dt>
            <dd>{etcdText(cluster.etcd)[language.value]}</dd>
          </div>
        )}
        <div class="wide">
          <dt>{t().certificate}</dt>
          <dd class="digest">{coordinator.certificateSha256}</dd>
        </div>
        {cluster.caSha256 !== null && (
          <div class="wide">
            <dt>{t().clusterCa}</dt>
            <dd class="digest">{cluster.caSha256}</dd>
          </div>
        )}
      </dl>
    </footer>
  );
}
