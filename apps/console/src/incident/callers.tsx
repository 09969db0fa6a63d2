import { Button, CALL_OUTCOMES, type Call, type CallOutcome, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import { callerPlaceText } from '../state/wording.js';
import { ReasonDialog } from './reason-dialog.js';

/** Who called about it. */
export function Callers({
  calls,
  mayWrite,
}: {
  readonly calls: readonly Call[];
  readonly mayWrite: boolean;
}): ReactNode {
  const { t } = useIntl();
  return (
    <section aria-labelledby="callers-title">
      <h3 id="callers-title" className="panel-heading">
        {t('incident.callers')}
      </h3>
      {calls.length === 0 ? <p className="muted">{t('incident.noCallers')}</p> : null}
      <ul className="caller-list">
        {calls.map((call) => (
          <CallerRow key={call.id} call={call} mayWrite={mayWrite} />
        ))}
      </ul>
    </section>
  );
}

function CallerRow({ call, mayWrite }: { readonly call: Call; readonly mayWrite: boolean }): ReactNode {
  const intl = useIntl();
  const { t, time, problem } = intl;
  const { api } = useServer();
  const end = useAction((key, outcome: CallOutcome) => api.endCall(key, call.id, outcome));
  const unlink = useAction((key, reason: string) => api.unlinkCall(key, call.id, reason));
  const [unlinking, setUnlinking] = useState(false);
  return (
    <li className="caller">
      <div>
        <strong>{call.callerName ?? call.callerNumber ?? t('incident.numberHidden')}</strong>{' '}
        {call.callerName && call.callerNumber ? <span>{call.callerNumber}</span> : null}
        <span className="muted">
          {t(`channel.${call.channel}`)} · {time(call.ringAt)}
          {call.outcome === null ? null : <> · {t(`outcome.${call.outcome}`)}</>}
        </span>
        {call.location ? <p>“{callerPlaceText(call.location, intl)}”</p> : null}
      </div>
      {mayWrite ? (
        <Button size="small" variant="quiet" onPress={() => setUnlinking(true)}>
          {t('call.unlink')}
        </Button>
      ) : null}
      <ReasonDialog
        title={t('call.unlinkTitle')}
        confirm={t('call.unlinkTitle')}
        action={unlink}
        isOpen={unlinking}
        onOpenChange={setUnlinking}
      />
      {mayWrite && call.endedAt === null && call.answeredAt !== null ? (
        <MenuTrigger>
          <AriaButton className="ll-button ll-button-plain ll-button-small">
            {t('incident.endCall')}
          </AriaButton>
          <Popover className="ll-popover">
            <Menu
              className="ll-listbox"
              aria-label={t('incident.endAs')}
              onAction={(key) => {
                const outcome = CALL_OUTCOMES.find((each) => each === key);
                if (outcome) void end.run(outcome);
              }}
            >
              {CALL_OUTCOMES.map((outcome) => (
                <MenuItem key={outcome} id={outcome} className="ll-option">
                  {t(`outcome.${outcome}`)}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      ) : null}
      {end.error === null ? null : <Notice tone="refusal">{problem(end.error)}</Notice>}
    </li>
  );
}
