import { type Case, having, withDocker } from '../known.ts';

const docker = { name: 'docker' as const, version: '20.10.24', active: true, cgroupDriver: 'systemd' as const };
const asDocker = { assignment: withDocker };
const flag = (key: string) => ({ key, path: '/etc/default/docker' });
const daemon = (fact: object) =>
  having('software', {
    dockerDaemon: { keys: [], hosts: [], logDriver: null, logOptions: {}, flags: [], rejected: null, ...fact },
  });

export const dockerCases: Case[] = [
  ['docker-config', 'invalid JSON', having('software', { dockerConfigValid: false }), 'error', asDocker],
  ['docker-config', 'valid JSON', {}, 'ok', asDocker],
  ['docker-config', 'unknown', having('software', { dockerConfigValid: null }), 'unknown', asDocker],
  ['docker-config', 'a misspelt key', daemon({ keys: ['log-drivr'] }), 'error', asDocker],
  [
    'docker-config',
    'refused by dockerd',
    daemon({ rejected: 'the following directives are invalid' }),
    'error',
    asDocker,
  ],
  ['docker-config', 'the site’s keys', daemon({ keys: ['data-root', 'features', 'dns', 'runtimes'] }), 'ok', asDocker],
  [
    'docker-config',
    'an option of another log driver',
    daemon({ logOptions: { 'syslog-address': true } }),
    'error',
    asDocker,
  ],
  ['docker-config', 'a number as an option', daemon({ logOptions: { 'max-file': false } }), 'error', asDocker],
  [
    'docker-config',
    'a log driver with its own options',
    daemon({ logDriver: 'syslog', logOptions: { 'syslog-address': true } }),
    'ok',
    asDocker,
  ],
  ['docker-config', 'docker on TCP only', daemon({ hosts: ['tcp://0.0.0.0:2375'] }), 'error', asDocker],
  [
    'docker-config',
    'docker on its socket, too',
    daemon({ hosts: ['unix:///run/docker.sock', 'tcp://x'] }),
    'ok',
    asDocker,
  ],
  ['docker-flags', 'the packages’ own flag', {}, 'ok', asDocker],
  [
    'docker-flags',
    'hosts in daemon.json and -H in the unit',
    daemon({ keys: ['hosts'], flags: [flag('hosts')] }),
    'error',
    asDocker,
  ],
  ['docker-flags', 'another file in the unit', daemon({ flags: [flag('config-file')] }), 'error', asDocker],
  ['docker-flags', 'a flag for what muster writes', daemon({ flags: [flag('exec-opts')] }), 'error', asDocker],
  [
    'docker-flags',
    'a registry mirror as a flag, none planned',
    daemon({ flags: [flag('registry-mirrors')] }),
    'ok',
    asDocker,
  ],
  ['docker-flags', 'unknown', having('software', { dockerDaemon: null }), 'unknown', asDocker],
  [
    'docker-storage',
    'vfs',
    { runtimes: [docker], ...having('software', { dockerStorageDriver: 'vfs' }) },
    'warning',
    asDocker,
  ],
  [
    'docker-storage',
    'overlay2',
    { runtimes: [docker], ...having('software', { dockerStorageDriver: 'overlay2' }) },
    'ok',
    asDocker,
  ],
  ['docker-storage', 'unknown', { runtimes: [docker] }, 'unknown', asDocker],
  ['docker-snap', 'docker is a snap', having('software', { dockerSnap: true }), 'error', asDocker],
  ['docker-snap', 'docker is a snap, beside containerd', having('software', { dockerSnap: true }), 'warning'],
  ['docker-snap', 'unknown', having('software', { dockerSnap: null }), 'unknown'],
];
