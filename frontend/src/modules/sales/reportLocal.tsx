import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Reports a change to the open document with the way back. It is not stored yet, so history knows nothing of it. */
export function reportLocal(text: string, undo: () => void): void {
  const id = notifications.show({
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('ui:action.close') },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{text}</Text>
        <Button
          size="xs"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {i18next.t('ui:action.undo')}
        </Button>
      </Group>
    ),
  });
}
