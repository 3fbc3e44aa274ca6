import { Composer, type Document, Lexer, type LineCounter, Parser, YAMLParseError } from 'yaml';

/**
 * As `parseDocument` of yaml does, with merge keys (`<<: *anchor`), but yields between lexemes: a plan of thousands of
 * hosts takes long.
 */
export function* parsingDocument(text: string, lineCounter: LineCounter): Generator<void, Document.Parsed> {
  const parser = new Parser(lineCounter.addNewLine);
  // `logLevel`: the library prints nothing; document.ts reports what it would warn of.
  const composer = new Composer({ lineCounter, prettyErrors: false, merge: true, logLevel: 'error' });
  const documents: Document.Parsed[] = [];
  lineCounter.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    yield;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));
  const [first, second] = documents as [Document.Parsed, Document.Parsed?];
  if (second !== undefined) {
    const [start, end] = second.range;
    first.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'several documents'));
  }
  return first;
}
