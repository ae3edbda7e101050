/** A page of Markdown: what in it can be checked. */
import GithubSlugger from 'github-slugger';
import { lexer, type Token, type Tokens } from 'marked';

/** A fenced block, as ```js. */
export interface Block {
  /** What stands behind the opening fence; '' where nothing does. */
  readonly language: string;
  readonly text: string;
  /** The line of the opening fence, 1 for the page's first. */
  readonly line: number;
  /** Whether nothing but empty lines stands between this block and the one before. */
  readonly follows: boolean;
}

/** A piece of text and the line of the paragraph it stands in. */
export interface Piece {
  readonly text: string;
  readonly line: number;
}

export interface Page {
  /** From the root of the project: `docs/bptt.md`. */
  readonly path: string;
  readonly blocks: readonly Block[];
  /** Where its links and pictures point. */
  readonly links: readonly Piece[];
  /** What is written as `code` within a line. */
  readonly code: readonly Piece[];
  /** What can stand behind # in a link to it: its headings, as GitHub names them, and its `<a id>`. */
  readonly anchors: ReadonlySet<string>;
}

export function parsePage(path: string, text: string): Page {
  const slugger = new GithubSlugger();
  const blocks: Block[] = [];
  const links: Piece[] = [];
  const code: Piece[] = [];
  const anchors = new Set<string>();

  function look(token: Token, line: number, previous: Token | null): void {
    switch (token.type) {
      case 'code':
        // What is indented by four spaces is drawn, not run.
        if (token.codeBlockStyle === 'indented') break;
        blocks.push({
          language: ((token.lang as string | undefined) ?? '').trim(),
          text: `${token.text}\n`,
          line,
          follows: previous?.type === 'code',
        });
        break;
      case 'heading':
        anchors.add(slugger.slug(plain(token)));
        break;
      case 'html':
        for (const [, id] of token.raw.matchAll(/<a id="([^"]+)"/g)) anchors.add(id!);
        break;
      case 'link':
      case 'image':
        links.push({ text: token.href as string, line });
        break;
      case 'codespan':
        code.push({ text: token.text as string, line });
        break;
    }
    const inside = childrenOf(token);
    inside.forEach((child, n) => look(child, line, before(inside, n)));
  }

  let line = 1;
  const tokens = lexer(text);
  tokens.forEach((token, n) => {
    look(token, line, before(tokens, n));
    line += token.raw.split('\n').length - 1;
  });
  return { path, blocks, links, code, anchors };
}

/** The token before number n, empty lines apart. */
function before(tokens: readonly Token[], n: number): Token | null {
  return (
    tokens
      .slice(0, n)
      .filter(({ type }) => type !== 'space')
      .at(-1) ?? null
  );
}

function childrenOf(token: Token): Token[] {
  if (token.type === 'list') return (token as Tokens.List).items;
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].flat().flatMap((cell) => cell.tokens);
  }
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

/** What one reads of it. */
function plain(token: Token): string {
  if ('tokens' in token && token.tokens) return token.tokens.map(plain).join('');
  return 'text' in token ? (token.text as string) : '';
}
