import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { clusterSettingsSchema } from '../../../shared/plan/schema.ts';
import { noProxy, proxyDropIn, proxySecrets } from '../../../shared/steps/content/services.ts';
import { describeSteps } from '../../../shared/steps/describe.ts';
import { sampleAssignment } from '../../agent/samples.ts';
import { planOf, refuses } from './plan-text.ts';

describe('the preparation of hosts', () => {
  test('has a default for everything, also when an older coordinator sends nothing', () => {
    const { settings } = planOf();
    expect(settings.preparation).toEqual({
      firewall: 'open',
      selinux: 'permissive',
      proxy: null,
      journalMaxUse: '1G',
      driftCorrection: 'correct',
    });
    const { preparation, ...older } = settings;
    expect(clusterSettingsSchema.parse(older).preparation).toEqual(preparation);
  });

  test('follows the plan', () => {
    const proxy = { http: 'http://proxy.corp:3128', noProxy: ['.corp', '10.0.0.0/8'] };
    const written = { firewall: 'off', selinux: 'contexts', proxy, journalMaxUse: 'keep', driftCorrection: 'report' };
    expect(planOf(written).settings.preparation).toEqual({
      firewall: 'off',
      selinux: 'contexts',
      proxy: { http: 'http://proxy.corp:3128', https: 'http://proxy.corp:3128', noProxy: ['.corp', '10.0.0.0/8'] },
      journalMaxUse: null,
      driftCorrection: 'report',
    });
  });

  refuses([
    ['an unknown firewall mode', { firewall: 'closed' }, 'firewall: firewall-invalid'],
    ['a proxy that is not a URL', { proxy: { http: 'proxy:3128' } }, 'proxy.http: proxy-url-invalid'],
    ['a proxy’s password with an @', { proxy: { http: 'http://me:p@ss@proxy:3128' } }, 'proxy.http: proxy-url-invalid'],
    ['a proxy’s user with a /', { proxy: { https: 'http://me/x:pw@proxy:3128' } }, 'proxy.https: proxy-url-invalid'],
    [
      'a proxy exception with a space',
      { proxy: { http: 'http://p', noProxy: ['a b'] } },
      'proxy.noProxy[0]: no-proxy-entry-invalid',
    ],
    ['a journal size without a unit', { journalMaxUse: 500 }, 'journalMaxUse: journal-size-invalid'],
    ['an unknown drift mode', { driftCorrection: 'ignore' }, 'driftCorrection: drift-correction-invalid'],
  ]);
});

describe('the proxy settings', () => {
  test('exempt the cluster’s own addresses and the plan’s additions, each once', () => {
    const { settings } = planOf({ proxy: { http: 'http://proxy:1', noProxy: ['.svc', 'registry.corp'] } });
    expect(noProxy(settings)).toEqual([
      ...['localhost', '127.0.0.0/8', '::1', 'demo.muster.internal'],
      ...['192.168.0.130', 'master01', '192.168.0.131', 'node01'],
      ...['10.244.0.0/16', '10.96.0.0/12', '.svc', '.cluster.local', 'registry.corp'],
    ]);
  });

  test('are written to a drop-in with systemd’s specifiers escaped', () => {
    const { settings } = planOf({ proxy: { https: 'http://proxy:1/%20x' } });
    expect(proxyDropIn(settings, 'docker')).toContain('Environment="HTTPS_PROXY=http://proxy:1/%%20x"\n');
    expect(proxyDropIn(settings, 'docker')).not.toContain('HTTP_PROXY=h');
    expect(proxySecrets(settings)).toBeNull();
    expect(proxyDropIn(planOf().settings, 'docker')).toBeNull();
  });

  test('stay out of the unit’s properties, which every user can read, if they hold a password', () => {
    const { settings } = planOf({ proxy: { http: 'http://user:p%40ss@proxy:1' } });
    const value = '"http://user:p%40ss@proxy:1"';
    expect(proxySecrets(settings)).toBe(`HTTP_PROXY=${value}\nHTTPS_PROXY=${value}\n`);
    const text = proxyDropIn(settings, 'kubelet');
    expect(text).toContain('EnvironmentFile=/etc/systemd/system/kubelet.service.d/50-muster-proxy.env\n');
    expect(text).toContain('Environment="NO_PROXY=');
    expect(text).not.toContain('ss@');
  });

  test('may contain user and password, which nothing shows', () => {
    const plan = readFileSync(new URL('../../cases/31-plan-proxy-credentials/cluster.yaml', import.meta.url), 'utf8');
    const parsed = parsePlan(plan, { readFile: () => '' });
    expect(parsed.problems).toEqual([]);
    const { settings } = parsed.plan ?? planOf();
    expect(settings.preparation.proxy?.https).toBe('http://svc-k8s:p%40ss@proxy.corp.example:3128');
    const shown = JSON.stringify(describeSteps({ ...sampleAssignment(), settings }));
    expect(shown).toContain('http://svc-k8s:[secret]@proxy');
    expect(shown).not.toContain('40ss');
  });

  test.each([
    'http://me:geh@eim@proxy',
    'http://me:geh/eim@proxy',
    'me:geheim@proxy',
    'http://me:geh eim@proxy',
  ])('show no password of an invalid URL: %s', (http) => {
    const text = `cluster: demo\nproxy: {http: ${JSON.stringify(http)}}\n`;
    const { problems } = parsePlan(text, { readFile: () => '' });
    expect(problems.map(({ code }) => code)).toContain('proxy-url-invalid');
    expect(JSON.stringify(problems)).not.toMatch(/geh|eim/);
  });
});
