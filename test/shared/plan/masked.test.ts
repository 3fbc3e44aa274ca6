import { expect, it } from 'vitest';
import { masked } from '../../../shared/plan/masked.ts';
import { neededSettings } from '../../../shared/plan/needed-settings.ts';
import { clusterSettingsSchema } from '../../../shared/plan/schema.ts';
import { sampleAssignment } from '../../agent/samples.ts';

const secret = 'planted-secret-planted';
const { settings } = sampleAssignment();
/** Settings with secrets wherever a plan may have them. */
const planted = clusterSettingsSchema.parse({
  ...settings,
  kubernetes: {
    ...settings.kubernetes,
    components: {
      ...settings.kubernetes.components,
      initConfiguration: { certificateKey: secret, bootstrapTokens: [{ token: secret }] },
      clusterConfiguration: {
        etcd: { external: { password: secret } },
        apiServer: {
          extraArgs: [{ name: 'oidc-client-secret', value: secret }],
          extraEnvs: [{ name: 'REGISTRY_PASSWORD', value: secret }],
        },
      },
    },
  },
  network: {
    ...settings.network,
    plugin: { title: 'x', kind: 'manifest', manifest: { text: `kind: Secret\ndata:\n  x: ${secret}\n` } },
  },
});

it('readers without need of them see no secrets, and everything else', () => {
  const shown = masked({ settings: planted });
  expect(JSON.stringify(shown)).not.toContain(secret);
  expect(clusterSettingsSchema.parse(shown.settings)).toMatchObject({ name: settings.name, hosts: settings.hosts });
  expect(masked('http://user:password1@proxy:3128')).not.toContain('password1');
});

it('a host that joins gets nothing that only the creation of the cluster takes', () => {
  const joining = neededSettings(planted, 'worker');
  expect(JSON.stringify(joining)).not.toContain(secret);
  expect(clusterSettingsSchema.parse(joining)).toMatchObject({ kubernetes: { version: settings.kubernetes.version } });
  expect(joining.network.nodePorts).toEqual(planted.network.nodePorts);
  expect(neededSettings(planted, 'worker')).toBe(joining);
  expect(neededSettings(planted, 'control-plane')).toBe(planted);
});
