import { removedKubeletFlags, removedLogFlags } from '../../../kubeadm/removed-flags.ts';
import { minorVersion } from '../../../kubeadm/version.ts';
import { readVersion } from '../../kubernetes-version.ts';
import type { Report } from '../../problem.ts';
import { closest, didYouMean } from '../../suggestion.ts';
import type { PartialPlan } from '../../written.ts';
import { kubeletArguments } from './arguments.ts';
import { argumentsAt, isDecidedForKubelet } from './decided.ts';

/** Arguments by the first minor version that refuses to start with them. Sources: Kubernetes' changelogs. */
type Removed = Readonly<Record<string, number>>;

const ofLogs: Removed = Object.fromEntries(removedLogFlags);
// Of the others, decided.ts says what to set instead.
const ofKubelet: Removed = Object.fromEntries([...removedKubeletFlags].filter(([name]) => !isDecidedForKubelet(name)));

const places: readonly (readonly [place: readonly string[], component: string, removed: Removed])[] = [
  ...kubeletArguments.map((place) => [place, 'kubelet', ofKubelet] as const),
  [
    ['clusterConfiguration', 'apiServer', 'extraArgs'],
    'kube-apiserver',
    {
      ...ofLogs,
      address: 24,
      port: 24,
      'insecure-bind-address': 24,
      'insecure-port': 24,
      'master-service-namespace': 27,
    },
  ],
  [
    ['clusterConfiguration', 'controllerManager', 'extraArgs'],
    'kube-controller-manager',
    { ...ofLogs, address: 24, port: 24, 'pod-eviction-timeout': 27, 'enable-taint-manager': 27 },
  ],
  [['clusterConfiguration', 'scheduler', 'extraArgs'], 'kube-scheduler', { ...ofLogs, address: 24, port: 24 }],
];

/** Admission plugins by the first minor version without them. */
const admissionPlugins: Removed = { PodSecurityPolicy: 25, SecurityContextDeny: 30 };

const knownPlugins = [
  ...['AlwaysAdmit', 'AlwaysDeny', 'AlwaysPullImages', 'CertificateApproval', 'CertificateSigning'],
  ...['CertificateSubjectRestriction', 'ClusterTrustBundleAttest', 'DefaultIngressClass', 'DefaultStorageClass'],
  ...['DefaultTolerationSeconds', 'DenyServiceExternalIPs', 'EventRateLimit', 'ExtendedResourceToleration'],
  ...['ImagePolicyWebhook', 'LimitPodHardAntiAffinityTopology', 'LimitRanger', 'MutatingAdmissionPolicy'],
  ...['MutatingAdmissionWebhook', 'NamespaceAutoProvision', 'NamespaceExists', 'NamespaceLifecycle'],
  ...['NodeRestriction', 'OwnerReferencesPermissionEnforcement', 'PersistentVolumeClaimResize'],
  ...['PersistentVolumeLabel', 'PodNodeSelector', 'PodSecurity', 'PodSecurityPolicy', 'PodTolerationRestriction'],
  ...['PodTopologyLabels', 'Priority', 'ResourceQuota', 'RuntimeClass', 'SecurityContextDeny', 'ServiceAccount'],
  ...['StorageObjectInUseProtection', 'TaintNodesByCondition', 'ValidatingAdmissionPolicy'],
  'ValidatingAdmissionWebhook',
];

/** Reports arguments and admission plugins that the planned version no longer has. */
export function checkRemoved({ kubernetes }: PartialPlan, report: Report): void {
  if (kubernetes?.version === undefined || kubernetes.components === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  for (const [place, component, removed] of places) {
    for (const { name, value, path } of argumentsAt(kubernetes.components, place)) {
      const at = ['kubernetes', 'components', ...path];
      const until = Object.hasOwn(removed, name) ? removed[name] : undefined;
      if (until !== undefined && minor >= until) {
        report(at, 'argument-removed', { component, name, until: `1.${until}` });
      }
      if (!/^(enable|disable)-admission-plugins$/.test(name)) continue;
      for (const plugin of String(value).split(',')) {
        const gone = Object.hasOwn(admissionPlugins, plugin) ? admissionPlugins[plugin] : undefined;
        const meant = knownPlugins.includes(plugin) ? null : closest(plugin, knownPlugins);
        if (gone !== undefined && minor >= gone) report(at, 'admission-plugin-removed', { plugin, until: `1.${gone}` });
        else if (gone === undefined && meant !== null) {
          report(at, 'admission-plugin-unknown', { plugin: JSON.stringify(plugin), hint: didYouMean(meant) });
        }
      }
    }
  }
}
