import { type Check, ok, warning } from './check.ts';

export const runtime: Check = {
  id: 'runtime',
  title: 'Container runtime',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const planned = assignment.settings.runtime.name;
    const needed = `${planned}, with the systemd cgroup driver`;
    const docker = facts.runtimes.find(({ name }) => name === 'docker');
    const installed = facts.runtimes.filter(({ version }) => version !== null);
    const seen = installed.map(({ name, version, active }) => `${name} ${version} (${active ? 'running' : 'stopped'})`);
    if (planned === 'containerd' && docker?.active === true)
      return warning({
        seen: seen.join(', '),
        needed,
        remedy: 'Where nothing else on this host needs docker: sudo systemctl disable --now docker docker.socket',
      });
    const found = installed.find(({ name }) => name === planned);
    if (found?.active === true && found.cgroupDriver === 'cgroupfs')
      return warning({
        seen: `${found.name} ${found.version} with the cgroupfs driver`,
        needed,
        mends: `muster configures ${planned} and restarts it`,
      });
    if (found === undefined) return ok({ seen: `${seen.join(', ') || 'none'}; muster installs ${planned}`, needed });
    return ok({ seen: seen.join(', '), needed });
  },
};
