import pLimit from 'p-limit';
import { MusterError, textOf } from '../../shared/errors/errors.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { failureText } from '../machine/program.ts';
import { type ImageStore, imageStore } from './image-store.ts';
import { imagesOf, kubeadmImages } from './needed-images.ts';
import { pluginManifest } from './plugin-manifest.ts';
import type { Step, StepContext } from './step.ts';

/** More parallel pulls only compete for disk and network. */
const pullsAtOnce = 3;
const pullTimeoutMs = 30 * 60_000;
/** Time limit for images that the kubelet would otherwise pull itself. */
const wantedTimeoutMs = 5 * 60_000;
const manifestTimeoutMs = 5000;

/**
 * Pulls images before the node joins. Once the host is a Node, the kubelet manages images and removes unused ones when
 * the disk is full.
 */
export const images: Step = {
  id: 'images',

  async check(context) {
    const { host, assignment } = context;
    if (await host.exists(kubeletConf)) return { state: 'done' };
    const { required } = await kubeadmImages(context);
    const missing = await missingFrom(imageStore(host, assignment.settings.runtime.name), required);
    if (missing.length === 0) return { state: 'done' };
    const all = missing.join(', ');
    return { state: 'todo', message: { en: `images not pulled: ${all}`, zh: `尚未拉取的镜像：${all}` } };
  },

  async apply(context) {
    const { host, assignment, say } = context;
    const store = imageStore(host, assignment.settings.runtime.name);
    const [{ required, wanted }, ofPlugin] = await Promise.all([kubeadmImages(context), pluginImages(context)]);
    const optional = [...wanted, ...ofPlugin];

    await inParallel([...required, ...optional], async (image) => {
      if (await store.has(image)) return;
      const isRequired = required.includes(image);
      const started = host.now().getTime();
      const result = await store.pull(image, isRequired ? pullTimeoutMs : wantedTimeoutMs);
      if (result.exitCode === 0) {
        const seconds = ((host.now().getTime() - started) / 1000).toFixed(1);
        return say({ en: `pulled ${image} in ${seconds} s`, zh: `已拉取 ${image}，用时 ${seconds} 秒` });
      }
      if (isRequired) throw pullFailed(image, failureText(result));
      const { en, zh } = failureText(result);
      say({ en: `${image}: not pulled in advance: ${en}`, zh: `${image}：未预先拉取：${zh}` });
    });
  },
};

async function missingFrom(store: ImageStore, wanted: readonly string[]): Promise<string[]> {
  const there = await Promise.all(wanted.map((image) => store.has(image)));
  return wanted.filter((_, index) => !there[index]);
}

/** Empty if the manifest cannot be downloaded: the step that applies it reports the error. */
async function pluginImages({ host, assignment, say, signal }: StepContext): Promise<string[]> {
  try {
    return imagesOf(await pluginManifest(assignment.settings, { host, signal, timeoutMs: manifestTimeoutMs }));
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    const { en, zh } = textOf(error);
    say({ en: `network plugin’s images not pulled in advance: ${en}`, zh: `未预先拉取网络插件的镜像：${zh}` });
    return [];
  }
}

function pullFailed(image: string, why: LocalText): MusterError {
  return new MusterError('image-unavailable', { image, reason: why });
}

/** Starts the items in order. After a failure no more are started; it is thrown once the running ones have ended. */
async function inParallel(items: readonly string[], act: (item: string) => Promise<void>): Promise<void> {
  const limit = pLimit({ concurrency: pullsAtOnce, rejectOnClear: true });
  const run = (item: string) =>
    act(item).catch((error: unknown) => {
      limit.clearQueue();
      throw error;
    });
  const ends = await Promise.allSettled(items.map((item) => limit(run, item)));
  // Cleared items are rejected as well, but come after the one that failed.
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
