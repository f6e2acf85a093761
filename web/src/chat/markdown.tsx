import { Lexer, type Token, type Tokens } from 'marked';
import { type ComponentChildren, Fragment, type VNode } from 'preact';
import type { Unsupported } from '../api/types';
import { type Piece, pieces, protectCitations, RunLocator, restoreBrackets } from './citationMarkers';

export interface RenderOptions {
  /** Numbers of the citations that exist, undefined while the answer is being written. */
  numbers: ReadonlySet<number> | undefined;
  unsupported: readonly Unsupported[];
  cite: (number: number) => VNode;
  /** Draws text of the unsupported span with this place in the list. */
  doubt: (text: string, index: number) => VNode;
}

/**
 * Renders Markdown as elements, never as HTML: what is not known here is shown as the text it is. No images are loaded and links show
 * where they lead.
 */
export function renderMarkdown(text: string, options: RenderOptions): VNode {
  const source = protectCitations(text, options.numbers);
  return (
    <Fragment>{new MarkdownRenderer(source, options).blocks(new Lexer({ gfm: true }).lex(source), true)}</Fragment>
  );
}

type Words = Extract<Piece, { kind: 'text' }>;

class MarkdownRenderer {
  readonly #finder: RunLocator;
  readonly #options: RenderOptions;

  constructor(source: string, options: RenderOptions) {
    this.#finder = new RunLocator(source);
    this.#options = options;
  }

  blocks(tokens: Token[], top = false): ComponentChildren[] {
    let at = 0;
    return tokens.map((token) => {
      if (top) this.#finder.moveTo(at);
      at += token.raw.length;
      return this.#block(token as Tokens.Generic);
    });
  }

  #block(token: Tokens.Generic): ComponentChildren {
    switch (token.type) {
      case 'space':
      case 'def':
        return null;
      case 'heading':
        return this.#heading(token as unknown as Tokens.Heading);
      case 'paragraph':
        return <p dir="auto">{this.#inlines(token.tokens)}</p>;
      case 'text':
        return token.tokens ? this.#inlines(token.tokens) : this.#run(token.raw);
      case 'blockquote':
        return <blockquote dir="auto">{this.blocks(token.tokens ?? [])}</blockquote>;
      case 'list':
        return this.#list(token as unknown as Tokens.List);
      case 'code':
        return (
          <pre dir="ltr">
            <code>{restoreBrackets(token.text)}</code>
          </pre>
        );
      case 'table':
        return this.#table(token as unknown as Tokens.Table);
      case 'hr':
        return <hr />;
      default:
        return <p dir="auto">{this.#run(token.raw)}</p>;
    }
  }

  /** An answer stands below the page's own headings, so its highest is the third. */
  #heading(token: Tokens.Heading): VNode {
    const Tag = `h${Math.min(6, token.depth + 2)}` as 'h3';
    return <Tag dir="auto">{this.#inlines(token.tokens)}</Tag>;
  }

  #list(list: Tokens.List): VNode {
    const items = list.items.map((item) => (
      <li dir="auto" key={item.raw}>
        {item.task ? (item.checked ? '☑ ' : '☐ ') : null}
        {this.blocks(item.tokens.filter((token) => token.type !== 'checkbox'))}
      </li>
    ));
    return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>;
  }

  #table(table: Tokens.Table): VNode {
    const cell = (part: Tokens.TableCell, Tag: 'th' | 'td') => (
      <Tag dir="auto" class={part.align ? `align-${part.align}` : undefined}>
        {this.#inlines(part.tokens)}
      </Tag>
    );
    const label = restoreBrackets(table.header.map((part) => part.text).join(', '));
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      <section class="table" tabIndex={0} aria-label={label}>
        <table>
          <thead>
            <tr>{table.header.map((part) => cell(part, 'th'))}</tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr>{row.map((part) => cell(part, 'td'))}</tr>
            ))}
          </tbody>
        </table>
      </section>
    );
  }

  #inlines(tokens: Token[] = []): ComponentChildren[] {
    return tokens.map((token) => this.#inline(token as Tokens.Generic));
  }

  #inline(token: Tokens.Generic): ComponentChildren {
    switch (token.type) {
      case 'strong':
        return <strong>{this.#inlines(token.tokens)}</strong>;
      case 'em':
        return <em>{this.#inlines(token.tokens)}</em>;
      case 'del':
        return <del>{this.#inlines(token.tokens)}</del>;
      case 'br':
        return <br />;
      case 'codespan':
        this.#finder.find(token.raw);
        return <code dir="ltr">{restoreBrackets(token.text)}</code>;
      case 'link':
        return this.#link(token as unknown as Tokens.Link);
      case 'image':
        return this.#address(restoreBrackets(token.text) || token.href, token.href);
      case 'escape':
        this.#finder.find(token.raw);
        return token.text;
      case 'text':
        return token.tokens ? this.#inlines(token.tokens) : this.#run(token.raw);
      default:
        return this.#run(token.raw);
    }
  }

  #run(raw: string): ComponentChildren[] {
    const { cite, unsupported } = this.#options;
    const drawn: ComponentChildren[] = [];
    const found = pieces(raw, this.#finder.find(raw), unsupported);
    for (let at = 0; at < found.length; at++) {
      const piece = found[at] as Piece;
      const cites: VNode[] = [];
      for (let next = found[at + 1]; next?.kind === 'cite'; next = found[at + 1]) {
        cites.push(cite(next.number));
        at++;
      }
      if (piece.kind === 'cite') drawn.push(<span class="tied">{[cite(piece.number), ...cites]}</span>);
      else drawn.push(...this.#words(piece, cites));
    }
    return drawn;
  }

  /** Text, whose last word stays on one line with the citations after it. */
  #words({ text: raw, unsupported }: Words, cites: VNode[]): ComponentChildren[] {
    const text = decode(cites.length ? raw.trimEnd() : raw);
    const words = (part: string) =>
      unsupported === undefined || !part ? part : this.#options.doubt(part, unsupported);
    if (!cites.length) return [words(text)];
    const last = /\S{0,24}$/.exec(text)?.index ?? text.length;
    const [before, word] = unsupported === undefined ? [text.slice(0, last), text.slice(last)] : [text, ''];
    return [
      words(before),
      <span class="tied">
        {word}
        {cites}
      </span>,
    ];
  }

  #link(token: Tokens.Link): VNode {
    const shown = restoreBrackets(token.text);
    return this.#address(shown, token.href);
  }

  /** The name and, where it does not say so itself, where it leads. Only web and mail addresses can be followed. */
  #address(name: string, href: string): VNode {
    const address = restoreBrackets(href);
    if (!/^(https?:\/\/|mailto:)/i.test(address))
      return <Fragment>{name === address ? name : `${name} (${address})`}</Fragment>;
    const plain = name === address || `mailto:${name}` === address || `http://${name}` === address;
    return (
      <Fragment>
        <a href={address} target="_blank" rel="noopener noreferrer nofollow">
          {name}
        </a>
        {plain ? null : <span class="where"> ({address})</span>}
      </Fragment>
    );
  }
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00A0',
};

/** Elements show text as it is, so the few entities that writers use are read here. */
function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity);
}
