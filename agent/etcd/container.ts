import type { Runtime } from '../../shared/plan/schema.ts';
import type { Host, RunOptions, RunResult } from '../host/host.ts';

export interface ContainerWork {
  image: string;
  /** Of the container; one of the same name must not exist. */
  name: string;
  /** Folders of the host, at the same paths in the container. */
  mounts: readonly { path: string; readOnly?: boolean }[];
  program: string;
  args: readonly string[];
}

/** Runs programs of an image that is on this host, in the host's network and outside the kubelet's sight. */
export interface Containers {
  /** Runs to the end and removes the container. */
  run(work: ContainerWork, options?: RunOptions): Promise<RunResult>;
  /** Ends and removes a container; succeeds if there is none. */
  remove(name: string): Promise<void>;
}

export function containersOf(host: Pick<Host, 'run'>, runtime: Runtime['name']): Containers {
  return runtime === 'docker' ? docker(host) : containerd(host);
}

function docker(host: Pick<Host, 'run'>): Containers {
  return {
    run({ image, name, mounts, program, args }, options) {
      const binds = mounts.flatMap(({ path, readOnly }) => ['-v', `${path}:${path}${readOnly ? ':ro' : ''}`]);
      const how = ['--rm', '--name', name, '--network', 'host', '--pull', 'never', '--entrypoint', program];
      return host.run('docker', ['run', ...how, ...binds, image, ...args], options);
    },
    async remove(name) {
      await host.run('docker', ['rm', '--force', name]);
    },
  };
}

/** In the kubelet's namespace, where the image is; the kubelet ignores containers without its labels. */
function containerd(host: Pick<Host, 'run'>): Containers {
  const ctr = (args: readonly string[], options?: RunOptions) =>
    host.run('ctr', ['--namespace', 'k8s.io', ...args], options);
  return {
    run({ image, name, mounts, program, args }, options) {
      const binds = mounts.flatMap(({ path, readOnly }) => {
        return ['--mount', `type=bind,src=${path},dst=${path},options=rbind:${readOnly ? 'ro' : 'rw'}`];
      });
      return ctr(['run', '--rm', '--net-host', ...binds, image, name, program, ...args], options);
    },
    async remove(name) {
      await ctr(['task', 'kill', '--signal', 'SIGKILL', name]);
      await ctr(['task', 'rm', '--force', name]);
      await ctr(['container', 'rm', name]);
    },
  };
}
