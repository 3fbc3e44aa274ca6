import { minorVersion } from '../../kubeadm/version.ts';
import { testedVersions } from '../../plan/calico.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, unknown, warning } from '../check.ts';

export const pluginVersion: Check = {
  id: 'plugin-version',
  group: 'plan',
  level: 'warning',
  depends: {
    en: 'Only with Calico, and only for releases known to muster.',
    zh: '仅针对 Calico，且仅限 muster 已知的版本。',
  },
  title: { en: 'Network plugin supports this Kubernetes version', zh: '网络插件支持该 Kubernetes 版本' },
  reason: {
    en: 'The plugin’s manifest may use an API that this Kubernetes version no longer has, or does not have yet.',
    zh: '插件清单可能使用了该 Kubernetes 版本已移除或尚未提供的 API。',
  },
  needed: { en: 'a plugin release tested with this minor version', zh: '在该次要版本上测试过的插件版本' },
  remedy: { en: 'Choose another plugin release in the plan', zh: '在计划中选择其他插件版本' },
  command: '',
  cases: { range: { needed: { en: 'Kubernetes 1.{first} to 1.{last}', zh: 'Kubernetes 1.{first} 至 1.{last}' } } },
  judge({ assignment }) {
    if (assignment === null) return null;
    const { plugin } = assignment.settings.network;
    const { version } = assignment.settings.kubernetes;
    const range = testedVersions(plugin.title.replace(/^Calico /, ''));
    const seen = verbatim(`${plugin.title}, Kubernetes ${version}`);
    if (plugin.kind !== 'calico')
      return ok({ en: `${plugin.title}: no known limits`, zh: `${plugin.title}：没有已知限制` });
    if (range === null) return unknown(seen);
    const minor = minorVersion(version);
    if (minor >= range[0] && minor <= range[1]) return ok(seen);
    return warning(seen, { case: 'range', values: { first: `${range[0]}`, last: `${range[1]}` } });
  },
};
