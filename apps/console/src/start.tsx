import '@lamplight/ui/styles.css';
import './styles/shell.css';
import './styles/board.css';
import './styles/map.css';
import './styles/units.css';
import './styles/panel.css';
import './styles/queue.css';
import './styles/intake.css';
import './styles/command-line.css';
import './styles/overview.css';
import './styles/tour.css';
import './styles/pages.css';
import './styles/screens.css';
import './styles/paper.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { registerWorker } from './offline/register-worker.js';

registerWorker();
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
