import { SaxesParser } from 'saxes';
import { NO_TAGS, OsmFault, type OsmMember, type OsmTags, type OsmVisitor } from './visitor.js';

/** True when the text begins as an XML document does: a declaration, a comment or the `osm` element itself. */
export function looksLikeXml(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart();
  return /^<(\?xml|!--|osm\b)/.test(start);
}

/** A reader of OSM XML (https://wiki.openstreetmap.org/wiki/OSM_XML) that is fed piece by piece. */
export interface XmlReader {
  write(piece: Uint8Array): void;
  /** Says that all has been written; refuses a document that is not complete. */
  end(): void;
}

/** Objects marked `visible="false"` or `action="delete"` are skipped. Text must be UTF-8. */
export function createXmlReader(visitor: OsmVisitor): XmlReader {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser();
  let written = 0;
  let ended = false;
  let depth = 0;
  let object: OpenObject | undefined;

  const fail = (message: string): never => {
    throw new OsmFault('osm-corrupt', `OSM XML, line ${parser.line}: ${message}`, written);
  };
  const number = (attributes: Record<string, string>, name: string): number => {
    const text = attributes[name];
    const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : fail(`attribute "${name}" must be a number`);
  };

  const degrees = (attributes: Record<string, string>, name: 'lon' | 'lat'): number => {
    const value = number(attributes, name);
    return Math.abs(value) <= (name === 'lon' ? 180 : 90) ? value : fail(`${name} ${value} is out of range`);
  };

  parser.on('error', (error) => {
    if (ended) throw new OsmFault('osm-truncated', `OSM XML ends too early: ${error.message}`, written);
    throw new OsmFault('osm-corrupt', `OSM XML, ${error.message}`, written);
  });
  parser.on('opentag', ({ name, attributes }: PlainTag) => {
    depth++;
    if (depth === 1) {
      if (name !== 'osm') throw new OsmFault('not-osm', `XML document is <${name}>, not <osm>`, 0);
    } else if (depth === 2 && (name === 'node' || name === 'way' || name === 'relation')) {
      const deleted = attributes.visible === 'false' || attributes.action === 'delete';
      object = {
        kind: name,
        id: number(attributes, 'id'),
        lon: name === 'node' && !deleted ? degrees(attributes, 'lon') : 0,
        lat: name === 'node' && !deleted ? degrees(attributes, 'lat') : 0,
        deleted,
        tags: undefined,
        refs: [],
        members: [],
      };
    } else if (object && depth === 3) {
      if (name === 'tag') {
        object.tags ??= new Map();
        object.tags.set(attributes.k ?? fail('tag without k'), attributes.v ?? fail('tag without v'));
      } else if (name === 'nd') {
        object.refs.push(number(attributes, 'ref'));
      } else if (name === 'member') {
        const type = attributes.type;
        if (type !== 'node' && type !== 'way' && type !== 'relation') return fail('member of unknown type');
        object.members.push({ type, id: number(attributes, 'ref'), role: attributes.role ?? '' });
      }
    }
  });
  parser.on('closetag', () => {
    depth--;
    if (depth !== 1 || !object) return;
    if (!object.deleted) show(object, visitor);
    object = undefined;
  });

  const decode = (piece: Uint8Array | undefined): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      // At the end, the only thing that can be wrong is a character of which some bytes are missing.
      if (!piece) throw new OsmFault('osm-truncated', 'OSM XML ends inside a character', written);
      return fail('text is not UTF-8');
    }
  };
  return {
    write(piece) {
      const text = decode(piece);
      written += piece.length;
      parser.write(text);
    },
    end() {
      ended = true;
      parser.write(decode(undefined));
      parser.close();
    },
  };
}

/** A tag as saxes gives it when namespaces are not tracked. */
interface PlainTag {
  readonly name: string;
  readonly attributes: Record<string, string>;
}

interface OpenObject {
  readonly kind: 'node' | 'way' | 'relation';
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly deleted: boolean;
  tags: Map<string, string> | undefined;
  readonly refs: number[];
  readonly members: OsmMember[];
}

function show(object: OpenObject, visitor: OsmVisitor): void {
  const tags: OsmTags = object.tags ?? NO_TAGS;
  if (object.kind === 'node') visitor.node?.(object.id, object.lon, object.lat, tags);
  else if (object.kind === 'way') visitor.way?.(object.id, object.refs, tags);
  else visitor.relation?.(object.id, object.members, tags);
}
