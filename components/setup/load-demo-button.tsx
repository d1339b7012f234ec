'use client';

import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { api } from '@/lib/http/client';
import { Button } from '../ui/button';
import { toastError } from '../ui/toast';

/** Loads the sample company and goes to the overview. An admin's to press. */
export function LoadDemoButton() {
  const load = useMutation({
    mutationFn: () => api.post('/api/v1/demo'),
    // A full load: every list that was cached while there was nothing is gone with it.
    onSuccess: () => window.location.assign('/'),
    onError: (error) => toastError(error, 'The sample data was not loaded'),
  });
  return (
    <Button icon={<FlaskConical />} loading={load.isPending || load.isSuccess} onClick={() => load.mutate()}>
      Explore with sample data
    </Button>
  );
}
