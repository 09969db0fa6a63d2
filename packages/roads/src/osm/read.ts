import { err, ok, type Result } from '@lamplight/base';
import type { OsmError } from '../errors.js';
import { gunzipPieces, looksLikeGzip } from './gzip.js';
import { looksLikePbf, readPbf } from './pbf.js';
import { OsmFault, type OsmVisitor } from './visitor.js';
import { createXmlReader, looksLikeXml } from './xml.js';

export type OsmFormat = 'pbf' | 'xml' | 'xml.gz';

const CHUNK_BYTES = 64 * 1024;

/** `<?xml` and `<osm>`: five bytes. */
const XML_START_BYTES = 5;

/**
 * Reads an OpenStreetMap extract and shows its objects to the visitor, in the order of the file. The format is told
 * by the content, never by a name: `.osm.pbf`, `.osm`, or `.osm.gz`. When it is refused midway the visitor has already
 * seen a part, which must then be thrown away.
 */
export function readOsm(bytes: Uint8Array, visitor: OsmVisitor): Result<OsmFormat, OsmError> {
  try {
    return ok(dispatch(bytes, visitor));
  } catch (cause) {
    if (cause instanceof OsmFault) return err(cause.error);
    throw cause;
  }
}

function dispatch(bytes: Uint8Array, visitor: OsmVisitor): OsmFormat {
  if (looksLikePbf(bytes)) {
    readPbf(bytes, visitor);
    return 'pbf';
  }
  if (looksLikeGzip(bytes)) {
    readGzippedXml(bytes, visitor);
    return 'xml.gz';
  }
  if (looksLikeXml(bytes)) {
    const reader = createXmlReader(visitor);
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
      reader.write(bytes.subarray(start, start + CHUNK_BYTES));
      visitor.progress?.(Math.min(1, (start + CHUNK_BYTES) / bytes.length));
    }
    reader.end();
    return 'xml';
  }
  throw new OsmFault('not-osm', 'neither PBF nor XML nor gzip', 0);
}

function readGzippedXml(bytes: Uint8Array, visitor: OsmVisitor): void {
  const reader = createXmlReader(visitor);
  let first = true;
  gunzipPieces(
    bytes,
    (piece, fraction) => {
      // Of a piece too short to tell, the XML reader is the judge.
      if (first && piece.length >= XML_START_BYTES && !looksLikeXml(piece)) {
        throw new OsmFault('not-osm', 'gzip data does not hold OSM XML', 0);
      }
      first = false;
      reader.write(piece);
      visitor.progress?.(fraction);
    },
    () => reader.end(),
  );
}
