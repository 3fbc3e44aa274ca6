import { endpointNames } from '../../shared/plan/api-proxy.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { keepClusterConfiguration, readClusterConfiguration, withEndpoint } from '../kube/cluster-configuration.ts';
import { adminClient } from './api-server.ts';
import { changesOf } from './declared.ts';
import { renewServingCertificate, servedNames } from './serving-certificate.ts';
import type { Step, StepContext } from './step.ts';

const configuration: LocalText = {
  en: 'ConfigMap kubeadm-config: names or arguments of the API server are missing',
  zh: 'ConfigMap kubeadm-config：缺少 API 服务器的名称或参数',
};

/** Joining control planes and upgrades take the API server's settings from kubeadm-config. */
export const endpoint: Step = {
  id: 'endpoint',

  async check(context) {
    if (changesOf('endpoint', context).length === 0) return { state: 'done' };
    const { host, assignment } = context;
    const recorded = await readClusterConfiguration(await adminClient(host));
    if (withEndpoint(recorded, assignment.settings) !== null) return { state: 'todo', message: configuration };
    const missing = await missingNames(context);
    if (missing.length === 0) return { state: 'done' };
    const all = missing.join(', ');
    return {
      state: 'todo',
      message: { en: `the API server’s certificate lacks ${all}`, zh: `API 服务器的证书缺少 ${all}` },
    };
  },

  async apply(context) {
    if (changesOf('endpoint', context).length === 0) return;
    const { host, assignment, say } = context;
    const client = await adminClient(host);
    if (await keepClusterConfiguration(client, assignment.settings))
      say({ en: 'ConfigMap kubeadm-config: updated', zh: 'ConfigMap kubeadm-config：已更新' });
    const missing = await missingNames(context);
    if (missing.length === 0) return;
    say({
      en: `issuing the API server’s certificate for ${missing.join(', ')}`,
      zh: `正在为 ${missing.join('、')} 签发 API 服务器的证书`,
    });
    await renewServingCertificate(host, assignment, await readClusterConfiguration(client));
  },
};

async function missingNames({ host, assignment }: StepContext): Promise<string[]> {
  const served = await servedNames(host);
  return served === null ? [] : endpointNames(assignment.settings).filter((name) => !served.includes(name));
}
