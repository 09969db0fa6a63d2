import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

export interface ModalDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  onOpenChange(open: boolean): void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A dialog over the page; Escape and a press outside close it, and the focus goes back to where it was. */
export function ModalDialog({
  title,
  isOpen,
  onOpenChange,
  wide = false,
  children,
}: ModalDialogProps): ReactNode {
  return (
    <ModalOverlay className="ll-overlay" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className={wide ? 'll-modal ll-modal-wide' : 'll-modal'}>
        <Dialog className="ll-dialog">
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
