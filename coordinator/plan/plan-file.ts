import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import { finished } from '../../shared/finished.ts';
import { fileProblem } from '../../shared/plan/document.ts';
import type { ReadFile } from '../../shared/plan/files.ts';
import { formatProblems, parsingPlan } from '../../shared/plan/parse.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import type { PlanFileProblem } from '../../shared/protocol/plan-problem.ts';
import type { SignedText } from '../../shared/protocol/signed-plan.ts';
import type { News } from '../store/news.ts';
import { inSlices } from '../store/sliced.ts';
import { planKeyFile, readSignature, signatureFile, signatureNotices } from './signature.ts';

export interface PlanFileOptions {
  news: News;
  /** Polling interval in milliseconds. Default 2,000. */
  pollMs?: number;
}

export type PlanFile = ReturnType<typeof openPlanFile>;

interface Reading {
  plan: Plan | null;
  problems: PlanFileProblem[];
  warnings: PlanFileProblem[];
  /** Changes when the plan or a file that it names changes. */
  signature: string;
  files: string[];
  /** The signature beside the plan; null: none. */
  signed: SignedText | null;
  notices: Notice[];
}

/**
 * The plan in force: the file's last valid content. Polls the file and those that it names. Throws MusterError
 * `plan-invalid` with every problem if the file is invalid at the start.
 */
export function openPlanFile(path: string, { news, pollMs = 2000 }: PlanFileOptions) {
  let reading = finished(readingOf(path));
  if (reading.plan === null) {
    throw new MusterError('plan-invalid', { path, problems: formatProblems(basename(path), reading.problems) });
  }
  let good: Plan = reading.plan;

  const hasChanged = () => stateOf(path, reading.files) !== reading.signature;

  function take(next: Reading): void {
    reading = next;
    if (reading.plan !== null) good = reading.plan;
    news.emit('planFile');
  }

  function look(): void {
    if (hasChanged()) take(finished(readingOf(path)));
  }

  let isReading = false;
  let isClosed = false;

  async function lookInSlices(): Promise<void> {
    if (isReading || !hasChanged()) return;
    isReading = true;
    const before = reading;
    const next = await inSlices(readingOf(path));
    isReading = false;
    if (!isClosed && reading === before) take(next);
  }

  const timer = setInterval(() => void lookInSlices(), pollMs);
  timer.unref();

  return {
    current: () => good,
    /** The problems of the current file; the last valid plan stays in force. */
    problems: (): readonly PlanFileProblem[] => reading.problems,
    /** What is doubtful in the current file; the plan is valid. */
    warnings: (): readonly PlanFileProblem[] => reading.warnings,
    /** The plan file, then the files that it names and its signature. */
    files: (): readonly string[] => [...reading.files, ...(reading.signed === null ? [] : signatureFiles(path))],
    /** The path of a file that hosts download, by its SHA-256; null: the plan in force names none with this one. */
    fileFor(sha256: string): string | null {
      const { file } = good.settings.runtime.criDockerd;
      return file?.sha256 === sha256 ? resolve(dirname(path), file.name) : null;
    },
    signed: (): SignedText | null => reading.signed,
    /** Whether hosts follow this plan, if plans are signed. */
    notices: (): readonly Notice[] => reading.notices,
    /** Reads the file at once if it has changed; a long plan takes 0.3 s. */
    look,
    close(): void {
      isClosed = true;
      clearInterval(timer);
    },
  };
}

/** Yields where it may be interrupted. */
function* readingOf(path: string): Generator<void, Reading> {
  const folder = dirname(path);
  const files = [path];
  const readFile: ReadFile = (name, encoding = 'utf8') => {
    const file = resolve(folder, name);
    files.push(file);
    return readFileSync(file, encoding);
  };
  // Computed first, so that a change while reading is detected by the next poll.
  const before = stateOf(path, [path]);
  const signed = readSignature(path);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const problem = fileProblem('plan-file-unreadable', { path, reason: reasonOf(error) });
    return {
      plan: null,
      problems: [{ ...problem, file: basename(path) }],
      warnings: [],
      signature: before,
      files,
      signed,
      notices: [],
    };
  }
  const { plan, problems, warnings } = yield* parsingPlan(text, { readFile });
  const file = basename(path);
  return {
    plan,
    problems: problems.map((problem) => ({ ...problem, file })),
    warnings: warnings.map((warning) => ({ ...warning, file })),
    signature: [before, ...files.slice(1).map((file) => signatureOf([file]))].join(),
    files,
    signed,
    notices: plan === null ? [] : signatureNotices(plan, signed),
  };
}

const signatureFiles = (path: string) => [signatureFile(path), planKeyFile(path)].filter((file) => existsSync(file));

/** Changes when one of the files or the plan's signature changes. */
const stateOf = (path: string, files: readonly string[]) => signatureOf([signatureFile(path), ...files]);

function signatureOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat === undefined ? '-' : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
    })
    .join();
}
