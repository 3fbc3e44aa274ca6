import { type Evidence, noEvidence } from '../../../shared/diagnosis/evidence.ts';
import { type StepId, stepIds } from '../../../shared/steps/catalogue.ts';

const isStep = (text: string): text is StepId => (stepIds as string[]).includes(text);

/** Reads evidence from text: `[[step ID]]`, then lines below `[[output]]` and the other sources. */
export function evidenceFrom(text: string): Evidence {
  const empty = (): string[] => [];
  const lines = { output: empty(), kubelet: empty(), runtime: empty(), containers: empty() };
  let step: StepId | null = null;
  let current = lines.output;
  for (const line of text.split('\n')) {
    const [, word = '', id = ''] = /^\[\[(\w+)(?: ([\w-]+))?\]\]$/.exec(line) ?? [];
    if (word === 'step' && isStep(id)) step = id;
    else if (word === 'output' || word === 'kubelet' || word === 'runtime' || word === 'containers')
      current = lines[word];
    else if (line !== '') current.push(line);
  }
  return { ...noEvidence, ...lines, step };
}
