import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { otherRange, ownRange } from '../../shared/plan/manifest-ranges.ts';
import { planProblemText } from '../../shared/plan/problems/index.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import { applyManifest } from '../kube/apply.ts';
import { adminClient } from './api-server.ts';
import { pluginManifest } from './plugin-manifest.ts';
import type { Step } from './step.ts';

const collection = '/api/v1/namespaces/kube-system/configmaps';
const name = 'muster-network-plugin';
const recordSchema = z.object({ data: z.object({ hash: z.string() }) });
/** Calico's manifest has a hundred objects, and the API server has only just started. */
const applyTimeoutMs = 300_000;

/** A ConfigMap in the cluster records the applied plugin, so that checks download nothing. */
export const networkPlugin: Step = {
  id: 'network-plugin',

  async check({ host, assignment }) {
    const { network } = assignment.settings;
    const record = recordSchema.safeParse(await (await adminClient(host)).get(`${collection}/${name}`));
    if (record.data?.data.hash === hashOf(network)) return { state: 'done' };
    const { title } = network.plugin;
    return { state: 'todo', message: { en: `${title}: not applied`, zh: `${title}：未部署` } };
  },

  async apply({ host, assignment, say, signal }) {
    const { network } = assignment.settings;
    const input = await pluginManifest(assignment.settings, { host, signal });
    refuseOtherRange(input, network);
    const { title } = network.plugin;
    const own = ownRange(input, network.podSubnet);
    const given = { ...own, subnet: network.podSubnet };
    if (own !== null) say(planProblemText('manifest-own-range', given, verbatim(title)));
    const remedy = {
      en: `check the manifest of network.plugin in the plan (${title})`,
      zh: `检查计划中 network.plugin 的清单（${title}）`,
    };
    const said = await applyManifest(host, input, { timeoutMs: applyTimeoutMs, remedy });
    for (const line of said.trim().split('\n')) say(verbatim(line));

    const client = await adminClient(host);
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { hash: hashOf(network) } };
    const isThere = (await client.get(`${collection}/${name}`)) !== null;
    await (isThere ? client.replace(`${collection}/${name}`, body) : client.create(collection, body));
  },
};

/** The plan's own check cannot see a manifest that is downloaded. Throws MusterError `manifest-other-range`. */
function refuseOtherRange(manifest: string, { plugin, podSubnet }: ClusterSettings['network']): void {
  const other = otherRange(manifest, podSubnet);
  if (other === null) return;
  const { range } = other;
  throw new MusterError('manifest-other-range', { manifest: plugin.title, plugin: other.plugin, range, podSubnet });
}

/** Covers everything that determines the applied objects. */
function hashOf({ plugin, podSubnet }: ClusterSettings['network']): string {
  return createHash('sha256')
    .update(JSON.stringify([plugin.kind, plugin.manifest, podSubnet]))
    .digest('hex');
}
