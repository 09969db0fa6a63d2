import { Button, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { z } from 'zod';
import { useDesk } from '../../desk/desk.js';
import type { SectionSpec } from './section-spec.js';
import type { OpenSection } from './use-section.js';

/** What a file of a section begins with, so that one is not read as another. */
const fileSchema = z.object({ lamplight: z.literal('catalogue'), section: z.string(), content: z.unknown() });

/** The agency's own part of a section to and from a file, for another agency or for a change made elsewhere. */
export function TransferButtons<Entry>({
  spec,
  section,
}: {
  readonly spec: SectionSpec<Entry>;
  readonly section: OpenSection<Entry>;
}): ReactNode {
  const { t } = useIntl();
  const { administer } = useDesk().powers;
  const [fault, setFault] = useState<string | null>(null);
  const isReady = section.state !== null;

  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setFault(null);
    const read = readFile(await file.text(), spec);
    if (read.ok) section.takeContent(read.content);
    else
      setFault(
        read.fault === null ? t('catalogue.notSuchFile') : t('catalogue.fileFault', { detail: read.fault }),
      );
  };
  return (
    <>
      <Button size="small" isDisabled={!isReady} onPress={() => save(spec, section)}>
        {t('catalogue.export')}
      </Button>
      {administer ? (
        <FileTrigger
          acceptedFileTypes={['application/json', '.json']}
          onSelect={(files) => void take(files?.[0])}
        >
          <Button size="small" isDisabled={!isReady}>
            {t('catalogue.import')}
          </Button>
        </FileTrigger>
      ) : null}
      {fault === null ? null : <Notice tone="refusal">{fault}</Notice>}
    </>
  );
}

function save<Entry>({ section: name }: SectionSpec<Entry>, section: OpenSection<Entry>): void {
  const file = { lamplight: 'catalogue', section: name, content: section.content() };
  const url = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `lamplight-${name}-${section.state?.version ?? 0}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

type FileReading<Entry> =
  | { readonly ok: true; readonly content: ReturnType<SectionSpec<Entry>['schema']['parse']> }
  /** `null`: no file of this section at all; else the first thing in it that does not fit. */
  | { readonly ok: false; readonly fault: string | null };

function readFile<Entry>(text: string, spec: SectionSpec<Entry>): FileReading<Entry> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, fault: null };
  }
  const file = fileSchema.safeParse(json);
  if (!file.success || file.data.section !== spec.section) return { ok: false, fault: null };
  const content = spec.schema.safeParse(file.data.content);
  if (content.success) return { ok: true, content: content.data };
  const [issue] = content.error.issues;
  return { ok: false, fault: issue ? `${issue.path.join('.')}: ${issue.message}` : null };
}
