import { joinDocuments } from '../kubeadm/config.ts';
import { etcdPatch } from '../kubeadm/patches.ts';
import { criSocket } from '../kubeadm/runtime.ts';
import type { Assignment } from '../protocol/assignment.ts';
import { type Change, placeholders } from './change.ts';
import { beforeNode, defineStep } from './definition.ts';

export const kubeadmJoin = defineStep({
  id: 'kubeadm-join',
  title: { en: 'Join the cluster with kubeadm join', zh: '用 kubeadm join 加入集群' },
  activity: { en: 'joining the cluster', zh: '加入集群' },
  bootstrap: 'join',
  part: 'join',
  needs: beforeNode,
  long: true,
  makesNode: true,
  waitsFor: 'cluster',
  changes: (assignment, { resolvConf }) => [
    ...patchFile(assignment),
    { kind: 'leftovers-removed', criSocket: criSocket(assignment.settings) },
    { kind: 'service-packets', range: assignment.settings.network.serviceSubnet },
    {
      kind: 'kubeadm',
      verb: 'join',
      // kubeadm logs what it waits for at this level.
      flags: ['--v=1', ...(etcdPatch(assignment)?.flags ?? [])],
      documents: joinDocuments(assignment, {
        token: placeholders.joinToken,
        caPin: placeholders.caPin,
        certificateKey: placeholders.certificateKey,
        resolvConf,
      }),
    },
  ],
});

function patchFile(assignment: Assignment): Change[] {
  const patch = etcdPatch(assignment);
  return patch === null ? [] : [{ kind: 'file', path: patch.path, content: patch.content }];
}
