import { sampleFacts } from '../../../agent/samples.ts';
import { kubelet, out, type Recorded, runtime } from './evidence.ts';

export const confinementRecorded: Recorded = {
  'apparmor-unusable': {
    holds: [
      kubelet(
        'E0412 09:10:11.120044    4711 remote_runtime.go:116] RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = failed to start sandbox container for pod "etcd-master01": Error response from daemon: AppArmor enabled on system but the docker-default profile could not be loaded: running `/sbin/apparmor_parser apparmor_parser -Kr /var/lib/docker/tmp/docker-default570365455` failed with output: apparmor_parser: Unable to replace "docker-default".  Permission denied; attempted to load a profile while confined?',
      ),
    ],
    misses: [kubelet('I0412 server.go:630] "AppArmor is enabled" profile="cri-containerd.apparmor.d"')],
  },
  'selinux-denied': {
    holds: [
      out(
        'error while loading shared libraries: /lib/x86_64-linux-gnu/libc.so.6: cannot apply additional memory protection after relocation: Permission denied',
      ),
    ],
    misses: [
      kubelet('mkdir /data/docker: permission denied'),
      kubelet(
        'audit: type=1400 audit(1775985011.120:312): avc:  denied  { write } for  pid=2311 comm="etcd" name="etcd" dev="sda1" ino=131 tclass=dir permissive=1',
      ),
      {
        ...out('"error":"cannot access data directory: open /var/lib/etcd/.touch: permission denied"'),
        facts: sampleFacts({ machine: { ...sampleFacts().machine, seLinux: 'off' } }),
      },
    ],
  },
  'unit-missing': {
    holds: [
      out('Failed to restart docker.service: Unit docker.service not found.'),
      out('Failed to enable unit: Unit file kubelet.service does not exist.'),
    ],
    misses: [out('Failed to stop docker.service: Unit docker.service not loaded.')],
  },
  'unit-masked': {
    holds: [out('Failed to start docker.service: Unit docker.service is masked.')],
    misses: [out('Created symlink /etc/systemd/system/docker.socket, pointing to /dev/null')],
  },
  'unit-invalid': {
    holds: [
      runtime(
        'docker.service: Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.',
      ),
    ],
    misses: [runtime('docker.service: Scheduled restart job, restart counter is at 2.')],
  },
  'mount-not-shared': {
    holds: [kubelet('failed to generate spec: path "/sys/fs/" is mounted on "/sys" but it is not a shared mount')],
    misses: [kubelet('path "/sys/fs/" is mounted on "/sys"')],
  },
  'host-path-wrong': {
    holds: [kubelet('hostPath type check failed: /etc/kubernetes/pki/etcd is not a directory')],
    misses: [kubelet('hostPath type check failed: /x is not a directory pod="shop/web-0"')],
  },
};
