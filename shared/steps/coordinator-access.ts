import { coordinatorObjects, namespace } from '../kube/coordinator-objects.ts';
import { coordinatorPaths } from '../paths.ts';
import { plannedControlPlanes } from '../plan/api-proxy.ts';
import { defineStep } from './definition.ts';

export const coordinatorAccess = defineStep({
  id: 'coordinator-access',
  title: { en: 'Give the coordinator access to its namespace', zh: '授予协调器访问其命名空间的权限' },
  activity: { en: 'giving the coordinator access to its namespace', zh: '授予协调器访问其命名空间的权限' },
  bootstrap: 'control-plane',
  part: 'ready',
  needs: ['coordinator-install'],
  installs: true,
  changes({ host, settings }) {
    if (plannedControlPlanes(settings).length < 2) return [];
    const objects = coordinatorObjects.map(({ collection, body: { kind, metadata } }) => {
      const isNamespaced = collection.includes(`/namespaces/${namespace}/`);
      return `${kind} ${isNamespaced ? `${namespace}/` : ''}${metadata.name}`;
    });
    const { kubeconfig: path, unit, user } = coordinatorPaths;
    return [{ kind: 'coordinator-access', host: host.name, objects, path, unit, user }];
  },
});
