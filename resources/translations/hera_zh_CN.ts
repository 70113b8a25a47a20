<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>HERA</name>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>File</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>View</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Tools</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Help</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>New session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Open session...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Save session as...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Open prompts file...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Export report...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Export patches or model...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Import patch...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Save trace as script...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Preferences...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Quit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Undo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Redo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Copy the state hash</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Search the timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Search features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Evolve</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Queue the prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Run the queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Pause the queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Start auto-run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Cancel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Evolve layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Inspect layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Compare layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Reset this layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Forward</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>System theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Light theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Dark theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Command palette</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Probes and limits...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Train an SAE...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Compare with the base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Welcome page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Guided tour</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Keyboard shortcuts...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Show the log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>About HERA Desktop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/app.py" />
   <source>internal error: {kind}; details are in the log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run is done: {done}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run ended after {done}: {used} % of the budget is used, it was to stop at {limit} %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run ended after {done}: step {step} was rejected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run was stopped after {done}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run was cancelled after {done}; the last committed state stands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run ended after {done}: the next one failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run ended after {done}: the queue is empty</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>1 step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>{used} % of the budget is used already; auto-run is to stop at {limit} %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>The queue is empty; add the prompts that auto-run is to go through</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>The prompt is empty; type the text that the step is about</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>{count} steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Repeat the step until one of these conditions holds (F7)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>End after the running step (F7); Cancel stops it at once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>How much of what the cumulative limits allow may be used, counted by the measure nearest to its limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Auto-run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Repeat a step until a condition holds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Auto-run settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>What is repeated</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Repeat the prompt above, or go round the prompts of the queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Stop at budget</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Budget in percent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Stop at first rejection</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Auto-run progress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>stops after this step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>the prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>the queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Steps at most, 1 to 10,000</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Stop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Stop auto-run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>closed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>step {step} of {steps}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Repeat</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>budget {share} %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/block_list.py" />
   <source>Block '{part}' is not a block number; type one such as 7, or several as 7, 8</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/block_list.py" />
   <source>Block {block} is out of range: {model} has blocks 0 to {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/block_list.py" />
   <source>Block {block} is named twice; each block is edited once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>(cumulative value - neutral) / (cumulative limit - neutral), of the measure nearest to its limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>0 % is the base; from 100 % on, steps are refused. Rolling back gives budget back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>Budget</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>measuring</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>The budget of the present state is being measured.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>{percent} % of the budget is used; nearest to its limit is {measure}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>{percent} % of the budget is used, close to the limit: {measure}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>{percent} % of the budget is used, over the limit: {measure}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>budget</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>Over the limit: {measure} against the base is not finite.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Measure both states on the probes, and on the prompt if there is one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>No model is loaded yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>A job is running; wait for it or cancel it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Swap the states</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Prompt that both states continue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>A prompt that both states continue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Without a prompt, next tokens and texts are left out (Enter compares)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Text the features are read on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>A text to read the features on; empty: the prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Each feature's largest activation on this text in both states (Enter compares)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Stop comparing; the last comparison stays (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>State A</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>State B</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Here are the features whose largest activation on a text differs most between the states.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>No text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Type a prompt, or a text for the features, and press Compare.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>No SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Train an SAE for this model, or choose one in the preferences.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>No feature's largest activation on the text differs.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Each feature's largest activation on the text, its first token left out; double click opens its page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>B - A</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Features that differ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Double click a feature, or press Enter on it, to open its page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Largest activation on the text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Read on: {text}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>This session has no probes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>Both states on each probe, B against A; the bar is the JS divergence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>probe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>tags</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>Probes, B against A</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>Probes, B against A, the furthest first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/side_header.py" />
   <source>measured on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/side_header.py" />
   <source>State hash of {letter}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/side_header.py" />
   <source>{patches}, not the present state any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/state_list.py" />
   <source>base: the model without any patch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/state_list.py" />
   <source>now: the present state, {patches}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/state_picker.py" />
   <source>Choose a state, or type a part of its patch, name or prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>||dW||_F / ||W||_F of each matrix that is edited in either state, against the base's matrix; B - A is the norm of the difference, not the difference of the norms</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>The patches of both states were made with the same settings.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Neither state changes a matrix.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Neither state has a patch.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>The settings that the patches of the states were made with, where they differ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>in both, in another order</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>in both</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>measure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>B against A</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>limit from the base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Measures over the probes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Patches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Settings that differ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Weight change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>only in A</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>only in B</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>patches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>count</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>which</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>setting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>block</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>matrix</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Weight change, ||dW|| / ||W||</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>No prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Here both states continue a prompt, with the differences marked, and their next tokens are compared.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Type a prompt above and press Compare.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>The texts are the same.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>The texts differ in one place; what only one of them says is underlined.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>The texts differ in {count} places; what only one of them says is underlined.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>The probability that each state gives to the token after the prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>token</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>A, share</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>B, share</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Next tokens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Next token, probability</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Continuation in state A</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Continuation in state B</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>JS</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>PPL</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>drift</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>1 patch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>no patch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>{count} patches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>Compared {b} with {a}: {figures}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>{patches} and {count} more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>{a} and {b} are the same state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/compare_desk.py" />
   <source>Step {step} was rejected; there is no state to compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/configure_requests.py" />
   <source>Changing the settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/configure_requests.py" />
   <source>Reading the settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/controller.py" />
   <source>{count} prompts from {file} in the queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/controller.py" />
   <source>Session {name} is open in another window or program: here it can only be read; Save As makes a copy that can be changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/controller.py" />
   <source>1 prompt from {file} in the queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/controller.py" />
   <source>Step {step} was rejected; there is no state to roll back to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Inspect</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Prompt and queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Before and after</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Immune system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Step and notes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Log and trace</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Messages</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>Python is at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>data folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>log file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>device</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Versions and machine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Licence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Third-party notices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Copy versions, machine and state as text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>A desktop lab for changing a live language model and staying in control.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>What is being held</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Versions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Machine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>File {name} does not come with this installation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Include my prompts, notes and names</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Save...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Open log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Something went wrong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>What went wrong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Diagnostics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Left out unless ticked: whatever you typed, and whatever stands in quotes in the log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Copy the diagnostics, to paste them into a report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Open the log file with the system's own program</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Diagnostics copied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Save diagnostics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Text (*.txt)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>The last committed state stands. What is below helps to mend it; read it before you send it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Diagnostics saved in {path}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>There is no log file {path} yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>File {path} cannot be written: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>No program opens {path}; it is a text file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>● changed, not applied yet    ○ differs from the default</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Nothing to apply: the session is set as shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Discard changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Reset page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Keep as my defaults</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Preferences</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Search settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Pages</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Show the session's settings again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Set everything on this page to its default</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>New sessions begin with what is shown here; a session keeps its own settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>1 setting changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>No setting has these words in its name or description</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Apply and reload the model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Apply to this session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Recorded in the session; undo takes it back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>{setting} cannot be used as it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>{count} settings changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>HTML</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>One page that any browser shows, without a network. Light and dark, and it prints.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>PDF</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Pages to send or to print, with page numbers and the state's hash.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Markdown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Text for a repository or an issue; the drawings lie in a folder beside it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>JSON</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Everything for another program; the table of proposals lies beside it as CSV.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>CSV</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>The table of proposals alone, numbers in full.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>With texts: the last prompts continued in the base and in the present state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Choose...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Open folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Open report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Export report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Format</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>30 tokens each, greedy, of at most 5 prompts; takes some seconds a prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Choose the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Writing the report...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>A model must be loaded and nothing be running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Report written to {path}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Cancelled; there is no new report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>action</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>shortcut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>default</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Take away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Reset</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Reset all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Keyboard shortcuts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Search actions and keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Actions and their shortcuts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Shortcut of the chosen action</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Press the keys; two in a row are possible, and after a second they hold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Leave the chosen action without a shortcut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Give the chosen action its default shortcut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Give every action its default shortcut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Bold: changed by you. Changes hold at once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>No action has these letters</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dock_title.py" />
   <source>Float {panel}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/dock_title.py" />
   <source>Close {panel}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>Opening the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>Beginning a session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>Saving the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>{name} is open in this window already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>session {path} exists already; open it, or give another name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>{name} is the session that is open; it is on disk already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>HERA sessions (*.hera)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>All files (*)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>{name} is open: state {state} proven, {held}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>A new session is open; it is kept on disk from the first step on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>{name} is open to be read: state {state} proven, {held}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>A window holds one session; {name} is the one being opened</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>Save session as</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>Open session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>Saved as {path}: state {state} proven, {held}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>{name} (read-only)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>{path} is no longer there; it was taken off the list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Steering</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Proposing an edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Committing the edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Dropping the proposal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Building the atlas</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Training the SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>no proposal is waiting; propose the edit again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>{strategy}, strength {strength:g}, block {block}, rank {rank}, norm {norm:.3g} · worst probe: {probe} · measured on state {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>Proposed, safe: {reason}; nothing is committed yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>Proposed, safe, with a warning: {reason}; nothing is committed yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>Proposed, rejected: {reason}; nothing is committed yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>The proposal is dropped; the last committed state stands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>The atlas is built: {path}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>The SAE is trained and lies in {folder}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/example_runner.py" />
   <source>The example is done; it is in the session {name}, which you can keep with Save As</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_controller.py" />
   <source>The text is empty; type or paste the text to read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_desk.py" />
   <source>Committed as {patch}; it stands on the timeline.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_desk.py" />
   <source>Recorded as rejected; the model stays as it is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_desk.py" />
   <source>Dropped; the model stays as it is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_desk.py" />
   <source>Cancelled; no atlas was left.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Opening the features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Reading the text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Reading the feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Keeping the label</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Importing names</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>activation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>strongest feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>token {position}  '{token}'</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>no feature's page is open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>at {token}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>Feature {feature}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>feature {feature}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>{what} does not fire here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>no feature fires here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>The atlas says what each feature is about: the texts on which it fires most, how often and how strongly it fires, the tokens it raises and lowers, a short name, and its neighbours. It is made once, by running text through the base, and kept beside the SAE.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Add the text it is built from: some megabytes of what you want the features' examples to come from.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Run the text through the base and keep what every feature does</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>How much text is read, in tokens of the model. Rare features need more: 300,000 is a good start.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>No atlas yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Tokens to read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Build the atlas</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Stop; no atlas is left (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Progress of the atlas</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Build the atlas of {name} anew</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>{name} has no atlas yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Starting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>({count:,} features)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Tokens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>It never fired on the atlas' text, so there is nothing to show.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>{count} contexts whose peak lies between {low:.2f} and {high:.2f}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>Contexts in which the feature fires</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>Range of activation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>activation {value:.3f}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>last token</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>usual</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>used</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>The feature's number in its SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>Your name for it, an imported one, or the automatic one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>Activation at the last token of the prompt (norm of what the feature writes)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>Mean activation above zero in the atlas; stands in where the feature is not active on the prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>What the proposal was computed with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>Features of the edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>not named</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Here stands what a feature fires on, what it writes into the model, and which features are near it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Choose a feature in the table, or click a token of a text that was read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>On my own text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Steer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Parts of the feature's page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Feature page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>no figures without an atlas</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>loss</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>The trainer's loss on the last batch, activations scaled to one mean norm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>L0, features a token</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>Mean number of active features at a token, on the last batch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>explained variance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>1 - sum ||x - x_hat||^2 / sum ||x - mean x||^2 on the last batch; 1 is a perfect reconstruction</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>dead features, share</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>Share of features that have not fired for a while</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>Plot of {title} over the tokens seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>{formula}
Across: tokens seen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Search names, tokens and contexts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Every word must begin a word of the name, the logit tokens or the top contexts; a number finds its feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>No feature matches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>The search, the pins and the density limit together leave nothing to show.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Search for fewer letters, show more than the pinned ones, or raise the limit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Pinned only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Import names...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Table as CSV...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Build the atlas again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Names and explanations from a Neuronpedia-style JSON export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>All features with their names, figures and notes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>More</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>More: import, export, build, train</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>{shown:,} of {all:,} features, {hidden:,} too dense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>{shown:,} of {all:,} features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>{hidden:,} fire on more than {share} % of the tokens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/heat_legend.py" />
   <source>The activation is the norm of what the feature writes into the residual stream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/heat_legend.py" />
   <source>{what}, 0 to {maximum:.2f}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/histogram.py" />
   <source>Histogram of the feature's activations</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/histogram.py" />
   <source>Tokens on which the feature fires, by activation (square-root scale): {total:,} in all
Activation: norm of what the feature writes into the residual stream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Read a text above; here the feature is shown on it, in the base and in the model as it is edited now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Waiting for the model...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Equal, bit for bit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>The feature fires on none of these tokens.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Different: by up to {gap:.3f}, at token {number} '{token}' ({base:.3f} in the base, {edited:.3f} as edited).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>No patch is active: the model is the base.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>||dᵀ U Vᵀ|| / ||U Vᵀ||: how much of what the patch writes lies along the feature's direction d</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>The feature on the text, base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>The feature on the text, as edited now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Patches that wrote along this feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>patch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>share, %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Patches along the feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>As edited now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>As edited now, state {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>Tokens whose logit the feature's unit direction raises most, through the final norm and the unembedding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>Tokens whose logit the feature's unit direction lowers most, through the final norm and the unembedding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>Features whose decoder directions point the same way: cosine, 1 is the same direction</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>Features that fire on the same tokens: the share of this feature's tokens on which they fire, too</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>density: share of the atlas' tokens on which the feature fires; mean and max: of its activations above zero
activation: norm of what the feature writes into the residual stream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>density {density:.3f} %   mean {mean:.2f}   max {max:.2f}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>never fired on the atlas' text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>raises</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>lowers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>nearest features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>cosine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>fire together</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>share</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>activations above zero</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>yours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>imported</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>automatic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>You gave this name; it is kept in the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>The name comes from a file you imported</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Made from the tokens on which the feature peaks and those it writes; type a better one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>The feature looked at before (Alt+Left)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>The feature looked at after (Alt+Right)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Name of the feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>No name yet; type one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Pin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Keep this feature among the pinned ones</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Open this feature's page on neuronpedia.org in the browser</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Save this page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Note on the feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Add a note</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Page as HTML...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Page as PNG...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Open {url} in the browser</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Makes an edit out of features you chose. The immune system measures it before anything is committed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Tick features in the table.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>The verdict appears here before anything is committed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>The model has changed since this was measured, from state {then} to {now}: propose it again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Put the edit on the timeline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Keep the refusal on the timeline; the model stays as it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Forget the proposal; the model stays as it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Safe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Safe, with a warning</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Rejected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Prompt of the edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Propose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Compute and measure the edit; nothing is committed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Leave out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Untick the selected features (Delete)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Stop what is running (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Commit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Drop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Measuring the proposal; nothing is committed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>No feature is ticked; tick one in the table.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>The prompt is empty; the edit is keyed to its last token.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>From feature to edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Record as rejected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Stopped; nothing was proposed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/relations.py" />
   <source>logit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/relations.py" />
   <source>id</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Adds a feature's direction while the model writes, so that what the feature does can be read. Nothing is kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Choose a feature in the table.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Generate the three texts (Enter in the prompt)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>A preview also checks that strength 0 leaves the logits identical.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>The model has changed since this preview; preview again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Text, base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Text, edited</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Text, steered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Prompt to steer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Tokens to generate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>How many tokens each of the three texts has</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Preview</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Generating; strength 0 is checked against no steering at all.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Steered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>equal to the base now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Type a prompt first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Strength</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>At strength 0 the logits are identical: largest difference 0.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Stopped; the texts are incomplete.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Steered, {strength}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Edited, {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>At strength 0 the logits differ by up to {difference:.2e}; they should be identical, so part of what is shown is not the feature's doing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>What is added at every token but the first: strength x the feature's unit direction, at the SAE's hook.
1.00 x max is as much as the feature itself wrote at its strongest; negative takes it away.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>Steering strength, slider</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>Steering strength</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source> x max</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>strength {strength:+.1f}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>no atlas, no scale</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>the feature's maximum is not known; build the atlas to have a scale</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>{share:+.2f} x max</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>absolute strength; the feature's maximum in the atlas is {maximum:.2f}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strip.py" />
   <source>Tokens of the text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>density, %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>max</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Pinned features; click to pin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Ticked features take part in the edit (tab Edit); Space ticks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>The feature's number in the SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Your name, else the imported one, else the automatic one in italics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Share of the atlas' tokens on which the feature fires, in %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Largest activation in the atlas (norm of what the feature writes)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Largest activation on the text, or that at the picked token (norm of what the feature writes)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>your name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>imported name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>automatic name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>no name yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Read a text to see which features fire on each of its tokens.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>The first token is left out: position 0 is an attention sink, its norm is many times larger than any other's
and its features say nothing about the text.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Features that fire on a larger share of the atlas' tokens are left out (sae.max_density, % of tokens)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>How dense the features are is known once there is an atlas</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Largest density</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Text to read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Type or paste a text, and press Enter to read its features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Read the features of this text in the model as it is edited now (Enter)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Last prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>The prompt of the last step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Generated</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>The last prompt with the text generated after the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>density up to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Read: {tip}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Files and folders of .txt, .txt.gz or .md; drop them here, or use the buttons.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>{name} is not text that is read here; it takes {kinds} or a folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Add files...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Choose text files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Add folder...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Choose a folder; all text files in it and below are read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Remove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Take the selected ones off the list (Delete)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Add text files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Add a folder of text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Text ({kinds});;All files (*)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>{path} does not exist.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>{model} has no SAE, and without one there are no features to look at or to edit by.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>A sparse autoencoder learns to write the model's activations as a sum of a few of many features.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Train on the base; cancelling leaves a checkpoint</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Go on with the unfinished training in this folder, with the settings it was started with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Cancelled after {tokens:,} tokens; its checkpoint can be resumed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Train an SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Train</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Resume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Stop, and leave a checkpoint (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Back to the features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Leave this page; a training goes on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>value</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>remark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>What will be trained</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Use it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Load the model anew with this SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Progress of the training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Resuming in {folder}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Starting in {folder}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Cancelled before there was a checkpoint.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Cancelled; its checkpoint can be resumed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>{speed:,.0f} tokens/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>{tokens:,} of {total:,} tokens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>The SAE reads the residual stream after this block (blocks.N.hook_out)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>How many features the SAE has (d_sae)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>How many features are active at a token</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>What an active feature costs in the loss (l0_coefficient); larger means fewer are active</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>How many activations it learns from; the text starts over when it ends</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Compute the SAE's products in bfloat16: up to four times faster where the processor has it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Block</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Width</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>in bfloat16</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Folder of the SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>a new folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Choose the folder the SAE is saved in, or one with an unfinished training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Architecture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Price of an active feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>{model} has blocks 0 to {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Price</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>fewer than the stream's dimensions; 4 to 16 times as many are usual</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>TopK: exactly k features at every token</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>BatchTopK: k features a token on average</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>JumpReLU: a threshold for each feature</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>width</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>sparsity</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>tokens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>The folder holds an unfinished training; Resume goes on with it as it was started.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>reads</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>architecture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>{width:,} features, {times:.1f} x d_model {d_model}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>k {k}, {percent:.1f} % of the features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>only {each:.0f} tokens a feature; rare features stay untrained</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>Add the text whose activations it learns from.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>Choose the folder it is saved in.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>price of an active feature {price:g}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>k {k} is too large; it must be below the width {width}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>{tokens:,}, first positions left out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>This folder is not empty; the SAE needs a new one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>{hook_name}, without patches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>{folder} is a file; choose a new folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>{level}: {value} {against}; a warning from {warn:.4g}, rejected over {limit:g}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>against the state before it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>against the base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>cumulative</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>{value} of {limit:g}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>{value}, limit {limit:g}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>safe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>warning</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>rejected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>Measures of the proposal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>changed, not applied yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>none given</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>differs from the default</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>Reset {setting}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>Back to the default, {value}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>default: {value}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>It is {value_and_reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>as the system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>light</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>Show the welcome page at the start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>HERA_THEME decides in this run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>holds at once, plots included</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>Theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>Language</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>after the next start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Experiment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Evolution</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Logging</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Facts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Directions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Limits against the base, however many steps led there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>seed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>number format</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>longest prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>SAELens release</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>SAE id</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>SAE folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>activation threshold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max density</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>strategy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>blocks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>strength</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max rank</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>features taking part</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>token of the key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max JS divergence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max perplexity ratio</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max cosine drift</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>warning from</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>probe file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>k of the top-k agreement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>level</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>{architecture}, {count} blocks, base {hash}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>no SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>No model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>State hash</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>SAE {name} at {hook}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>session {name}, {features}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>Heat map of every probe over the steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>not measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>step {step}, probe {probe} {text!r}: {value}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>{measure} of each probe{limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>, darkest at the step limit {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Point at a cell to read it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Each column is a step and each row a probe. The limit holds for all probes together.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Square-root scale from the unchanged model to the step limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Measure shown for each probe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Value under the mouse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>largest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Legend: from {low} to the limit {high}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_requests.py" />
   <source>Exporting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_requests.py" />
   <source>Reading the patches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_requests.py" />
   <source>Importing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/layer_view.py" />
   <source>Norm of the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/layer_view.py" />
   <source>Present state, ||dW|| / ||W||</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/layer_view.py" />
   <source>Each step, ||dW||</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/load_guard.py" />
   <source>Nothing was loaded.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/load_guard.py" />
   <source>Nothing was loaded; memory is short</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/load_guard.py" />
   <source>Loading was cancelled.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Layouts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Panels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Show the Evolve layout to evolve a prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Show the Inspect layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Nothing is running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>The state hash is on the clipboard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Messages ({count})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>The next step starts a branch at step {step}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Step {step} is on the clipboard as a line of Python</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measure_view.py" />
   <source>step {value} of {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measure_view.py" />
   <source>cumulative {value} of {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measure_view.py" />
   <source>step {value}/{limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measure_view.py" />
   <source>cum. {value}/{limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>JS divergence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>JS, bits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>bits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>JS = H((p+q)/2) - (H(p)+H(q))/2 of the next-token distributions before (p) and after (q), in bits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>perplexity ratio</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>PPL, x</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>PPL after / PPL before, PPL = exp(mean negative log-likelihood of the text's tokens)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>cosine drift</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>1 - cos of the residual stream after the last block, before and after</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>not finite</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/menus.py" />
   <source>Open recent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/messages.py" />
   <source>internal error</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/messages_model.py" />
   <source>time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/messages_model.py" />
   <source>times</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/messages_model.py" />
   <source>message</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/messages_model.py" />
   <source>info</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/messages_model.py" />
   <source>error</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>installed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>not installed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>Another model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>With what each needs in memory; one that is not installed must be fetched first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>Load this model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>Begin a new session on the chosen model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>Load the chosen model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>{name}  ({place}, {memory})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/model_thread.py" />
   <source>internal error in {job}: {error}; details are in the log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>||dW||_F / ||W||_F: the sum of all active changes of a matrix against the matrix itself, Frobenius norms.
How much of the matrix is not the base's any more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>Weight change of each edited matrix in the present state, ||dW||_F / ||W||_F</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>Relative weight change of each edited matrix</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>The present state is being measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>This is the base: no matrix is changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>||dW||_F: the Frobenius norm of what a step adds to its matrices. Large steps move the model far at once.
Filled: active, hollow: rejected or taken back. Shape and colour: the block it edits.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>Plot of the weight change's norm over the steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>step {step}: {norm}, block {blocks}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>Norm of each step's weight change, ||dW||_F; block: {blocks}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>step {step}: no change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>Blocks: {blocks}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>What do you want to do?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Search commands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Commands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>No command has these letters in this order</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Enter does it, arrows choose, Esc closes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Not now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Not possible now: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Any two states side by side</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>What they are made of and how they differ: patches, settings, weights, probes, next tokens, features and texts.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Choose two states above and press Compare, or see what the session has come to:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Comparing was cancelled.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>A and B are the same state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>The measures over all probes, B against A</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Compare the present state with the base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Progress of the comparison</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>What was compared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Summary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Texts and next tokens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Probes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>No step yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Here is all that is known of the selected step, and what you write about it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Evolve a prompt, or select a step on the timeline.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>The model without any patch. Every cumulative measure is against it; rolling back to it takes all back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>No texts were kept for this step.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Prompt of the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Measures of the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Features of the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Measures of the step on each probe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Click a feature, or press Enter on it, to open its page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Text before the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Text after it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Measures against their limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Probes, the worst first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Here the features of the model's sparse autoencoder are looked at, named, steered with and turned into edits.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>It fills once the model is loaded.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Exports (*.json *.jsonl);;All files (*)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Import names</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Table as CSV</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Page as HTML</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Page as PNG</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>there is no atlas; build it to have a table of the features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>picture {path} cannot be written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Saved {chosen}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Here the model continues the prompt before and after the step, so that its effect can be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>prompt surprise {before:.3f} → {after:.3f} nats a token · features {features} · {strategy}, block {block}, rank {rank}, norm {norm:.3g} · {seconds:.1f} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Type a prompt and press Evolve.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>After</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Text after the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Next tokens before the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Next tokens after the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>next token</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>probability</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Every step is measured on the probe texts, and refused where a measure is over its limit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Evolve a prompt to see its measures here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Step {step} committed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Step {step} committed with a warning</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Step {step} rejected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Measures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Each judged measure over the steps; thin: step, thick: cumulative</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>The step's value on every single probe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Layers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>How much the weights were changed, and where</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>What is plotted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Save a plot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Save a plot as PNG, SVG or CSV</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Nothing measured yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>The base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>The model without any patch; every cumulative measure is against it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Present state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Each step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Importing the libraries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading the model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading the SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Reading the probes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>No model is loaded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>The window can be used meanwhile: type a prompt, or fill the queue.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Stop loading; the window stays usable (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Try again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Load the same model once more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Load anyway</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>The computer may become slow, or the program may be ended by the system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Keep the open session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Load nothing; go on with what is open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading the model...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Memory is short</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading {model}...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>waiting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>everything</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>info and above</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>warnings and errors</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>errors</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Python</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Python or log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Every action of this window as the line of Python that does the same</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>What the program writes into its log file, as it happens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Python trace</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>No action yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Each step, rollback or look appears here as the line of Python that does the same.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Evolve a prompt, and its line stands here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Copy the selected lines, or all of them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Save as script...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Save the whole trace as a script that runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Clear view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Empty this view; the script still has every line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Which records are shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>What is written at all is set under Preferences, Logging</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Empty this view; the log file stays as it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>No message yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>What the program has to say about your work is kept here, with the time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Evolve a prompt, and its outcome stands here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Clear</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Details...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Which messages are shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Copy the selected messages, or all that are shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Empty this list; the log keeps what was told</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Versions, the end of the log and the trace, to send with a report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/prompt.py" />
   <source>Propose a change for this prompt, measure and judge it (Ctrl+Enter)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/prompt.py" />
   <source>Put this prompt at the end of the queue (Ctrl+Shift+Enter)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/prompt.py" />
   <source>Queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/timeline.py" />
   <source>Each step becomes a row here; click its icon to roll back to it, exactly.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/timeline.py" />
   <source>No step is shown; search for less, or show every state and tag again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_export.py" />
   <source>a plot cannot be saved as '{name}'; the file name ends in .png, .svg or .csv</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_export.py" />
   <source>file {path} cannot be written: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Save as PNG…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Save as SVG…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Save as CSV…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Picture (*.png)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Drawing (*.svg)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Numbers (*.csv)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Save the plot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Show all steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Plot saved as {file}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>Square-root scale. Click: pick the step; wheel: zoom; drag: move; right click: save.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>step limit {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>cumulative limit {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>How far what the model would say next has moved, 0 (nothing) to 1 bit (something else).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>How much more surprised the model is by ordinary text; 1 is as before, 2 is twice as unsure.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>How far the model's inner state has turned; 0 is the same direction, 1 a right angle.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>{measure}, {unit}; thin: step, thick: cumulative</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>Plot of {measure} over the steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>Settings changed: {names}; undo takes it back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>{settings} kept as your defaults in {file}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>1 setting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>Session {name} can only be read here; Save As makes a copy that can be changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>Your defaults are the built-in ones</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>{count} settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_desk.py" />
   <source>The proposed limits judge the next steps; undo takes them back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_desk.py" />
   <source>The session is measured on {count} probes from now on; undo takes it back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Which limits would random edits of a step's size pass? Many are measured on the probes; none is kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>How far they move each measure appears here, with the proposed and the present limit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Choose the size of the edits and measure them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>A random edit carries no signal, so a step of the same size usually moves the probes more. Such a limit says what is more than chance, not what does harm; a strict one refuses most steps.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>probes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>proposed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>present</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>null edits over present</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Measure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Measure null edits; nothing is recorded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Go on with the edits that are not measured yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Stop; what is measured can be gone on with (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Apply these limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Use them in this session; undo takes them back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Proposed limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Progress of the calibration</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>No null edits yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Cancelled after {count} null edits; they are kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Cancelled before one was measured.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>{count} null edits of norm {norm} ({origin}), rank {rank}, on {sites}: {joint} of them go over any of the proposed limits; the chosen rate is {rate}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/draft.py" />
   <source>the text is empty; type the text that is to be measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/draft.py" />
   <source>this text is a probe already</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>A tag's probes can have limits besides those over all probes; a step over any of them is refused, and the verdict names the tag. Enter a value in a cell, or leave it empty for no limit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Measure this session on these probes; it keeps a copy of its own, and undo takes it back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Probe files (*.yaml *.yml)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Limits by tag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Take back the last change of the set (Ctrl+Z in this window)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Bring back what was undone (Ctrl+Shift+Z in this window)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Open...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Edit another probe file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Revert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>As it was last opened or saved; undo brings the changes back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Write the set to its file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Save as...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Write the set to another file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Use in this session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Probes and limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Parts of the probe editor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Calibrate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>the session uses this set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>the session uses another set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Open a probe file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Save the probes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>{on} of {all} probes are measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>{name} (no file of yours yet)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Probes saved to {path}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>present limit {value} (dashed)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>present limit {value} (beyond the axis)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>{title}, {unit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>Null edits by {measure}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>proposed limit {value} (solid)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>{count} not finite</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>How many random edits are measured; more give a steadier limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Share of random edits of this size that may go over any of the proposed limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>How large the random edits are: the Frobenius norm, as a step's; sites and rank are a step's as well</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Try the edits on the base; otherwise on the model in its present state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Propose limits for every tag too; the joint rate then holds over all of them, so more edits are needed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>The session has no committed step yet; take the size from a prompt, or give a norm.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>of the last committed step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>median of the session's proposals</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>of what a prompt would propose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>given</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Null edits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>False-alarm rate in percent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Size of the edits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Norm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Prompt for the size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>a prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>on the base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>limits by tag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>False alarms</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>The text of the probe that is picked, exact; or a new text to add</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Every change of the model is measured on these texts, and refused where it moves them too far.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Type a text below and add it, or import a file; a session's own probes come with its model.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Take the texts of a file as probes: .txt, .csv or .jsonl, one a row; they get the tags typed here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Tags</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>tags, with commas</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Weight</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>weight</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Set tags</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Give the probes picked these tags</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Set weight</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Give the probes picked this weight</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Enable</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Measure on the probes picked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Disable</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Keep the probes picked and do not measure on them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Take the probes picked out of the set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Change the text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Give the probe picked this text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Add as a probe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Put this text at the end, with the tags typed above</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Import...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Text of the probe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>the weight</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Import probes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>No probes yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Picked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Texts ({endings})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>{count} probes imported; save or use them to keep them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>all probes (settings)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>{measure}, {scope}: empty for no limit. {formula}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>What is measured; the box says whether it is. The text is edited below the table</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>What it stands for; with commas between several. A tag can have limits of its own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>How much it counts in every mean, above 0; 1 is usual</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>JS vs base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>PPL vs base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>drift vs base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>against the state before the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>probes tagged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>measured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>the limit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>{what} is '{text}'; it must be a number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_requests.py" />
   <source>Taking the probes into the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_requests.py" />
   <source>Calibrating</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_requests.py" />
   <source>Applying the limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>preparing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>importing the libraries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>looking at the free memory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>loading the model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>loading the SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the probes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>taking the patches off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>measuring the proposal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing it to the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the text before the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the text after the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the base text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the edited text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the steered text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>checking that strength 0 changes nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>measuring the probes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the next tokens</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing the continuations</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>finding the size of a step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>measuring nothing yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing them to the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>comparing directions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing pages</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>the model writes text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the first texts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>training the SAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>counting how often each feature fires</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing the files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing the report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>importing the libraries: {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>measuring null edit {done} of {count}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>copying to {file}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading {file}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_desk.py" />
   <source>Open prompts file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_desk.py" />
   <source>Prompts ({kinds});;All files (*)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>cancelled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>committed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>status</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>Step {step}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_runner.py" />
   <source>{count} committed with a warning</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_runner.py" />
   <source>{count} rejected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_runner.py" />
   <source>{count} failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_runner.py" />
   <source>The queue is done: {count} prompts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Many prompts, one after another: drop a .txt, .csv or .jsonl file here, one prompt a row, or queue the one above.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Evolve the waiting prompts one after another, with the settings above (F5)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Finish the running step and keep the rest waiting (F6)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Go on with the waiting prompts, with the settings above (F5)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Queue progress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Queue of prompts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Move up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Move the selected prompts up (Alt+Up)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Move down</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Move the selected prompts down (Alt+Down)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Run again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Evolve the selected prompts, and no others</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Take the selected prompts away (Delete)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Pause</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Open file...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Put the prompts of a file into the queue (Ctrl+Shift+O)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Empty the queue; a running prompt stays</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Run queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>{number} of {total}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>{count}, pausing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Paused, {waiting} of {total} waiting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Queue, {waiting} of {total} waiting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Why the session can only be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Save As...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Make a copy that can be changed, and go on in it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Save the session as another file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Open the session to be changed, now that the other window may have closed it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Try again to open the session to be changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>{name} is open in another window or program; here it can only be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>{name} cannot be written, because the file or its folder is read-only; it can only be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>{name} can only be read here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>Comparing with what was open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly; {name} is open again, state {state} is as it was ({held})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>1 later change of state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>Other windows did not end properly; their sessions are among the recent ones: {names}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly; {name} is open again with {later}: state {state} ({held})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly; {name} is open again, but its state {state} ({held}) is not the one last seen, {noted}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>1 later step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly; no session was open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly, and the session that was open, {path}, is no longer there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>{count} later changes of state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>{count} later steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/report_requests.py" />
   <source>Writing the report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Evolving</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Rolling back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Reverting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Restoring</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Undoing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Redoing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Writing the note</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>no model is loaded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/row_actions.py" />
   <source>Roll back to here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/row_actions.py" />
   <source>Restore</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/row_actions.py" />
   <source>Revert this one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} committed as {patch}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} committed with a warning as {patch}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} rejected: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>{model} is loaded ({patches}); session {session}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>state {hash} ({patches})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>1 name imported; names you gave stand</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>{count:,} names imported; names you gave stand</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Undone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Redone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Cancelled; no model is loaded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Note kept on step {step}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Tags kept on step {step}: {tags}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} is called '{name}' now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>{sentence}; the texts were stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>{name} was cancelled; the last committed state stands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} has no tags now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} has no name now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Rolled back to {patch_id}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Rolled back to before {patch_id}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Reverted {patch_id}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Restored {patch_id}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>the base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/session_files.py" />
   <source>untitled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>Cut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>Paste</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>Select all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>{key} alone is for typing; add Ctrl or Alt, or take a function key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>{key} belongs to {action}; choose another key, or take it from there first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>{key} cannot be told from {other} of {action}: one begins with the other</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>{key} is {what} in every text field; choose another key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/snapshots.py" />
   <source>the base, without any patch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/standing_requests.py" />
   <source>Measuring the present state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>Time taken and left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>Progress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>Cancel the running job</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>Message</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>no state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>state {hash}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/step_settings.py" />
   <source>How the change is computed from the features that are active on the prompt (evolution.strategy)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/step_settings.py" />
   <source>How strong the change is (evolution.learning_rate), 0.01 to 1000.
For hebbian: the share of the features' own write that is added on this prompt's key;
on the default model 0.5 to 3 is a useful range, far above it is rejected.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/step_settings.py" />
   <source>The block whose writing matrix is edited, or several: 7, 8 (evolution.target_layers).
Empty: as configured, {configured}. This model has blocks 0 to {last}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/step_settings.py" />
   <source>Strategy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>Before, the base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>After, nothing was proposed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>After, rejected and not applied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>Before, 1 patch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>Before, {count} patches</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>After, with {patch}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>about {count} h left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>{hours} h {minutes} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>about {count} s left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>about {count} min left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>{seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>{minutes} min {seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This session is open in another window or program; here it can only be read. Save As makes a copy that can be changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>A job is running; this is possible once it has ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Select a step first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Set the model to the state right after this step, exactly (double click)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Take this patch out and keep the others</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Put this patch back in its place, or return to the line it is on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Propose the same patch again, times a factor; it is measured and judged like any step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Go to the state after this step; the next step starts a branch there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Compare the states after the selected steps, or after this one with another</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Write the selected patches to files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Copy the line of Python that does the same</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Write a note on this step (F2)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Tags of this step, with commas between them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Give this step a name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Re-apply with another strength...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Branch from here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Compare with...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Export patch...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Copy as Python</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Edit note</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Edit tags</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Rename</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This step was rejected; there is no state of it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>There is no patch in this row</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This is the present state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This patch is not active</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This patch was not taken out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>There is no patch in the selected rows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>The base was not made by a step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>reverted since</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>on a line that was left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Evolved from its prompt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Made with chosen features</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Imported from {file} ({format})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Re-applied from {patch}, times {factor}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>rank {rank}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>norm {norm}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>{seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>{imported}, made on another base: {base}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>probe {number}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>{value} of {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Search the steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Words in prompts, notes, names and tags, the id of a feature, or a patch such as p12; every word must be found (/)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>any tag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only steps that were committed and are active</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only steps that were committed with a warning and are active</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only steps that were rejected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only patches that were reverted on their own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only patches on a line that was left by rolling back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Tag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only steps with this tag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>{shown} of {total}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>note</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>graph</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>icons</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>reverted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>How much of its step limit each measure has used: JS divergence, perplexity ratio, cosine drift</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>{formula}
against the state before the step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_popup.py" />
   <source>Factor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_popup.py" />
   <source>The patch is multiplied by this: 1 is the same patch, 0.5 is half of it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_popup.py" />
   <source>Re-apply</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_popup.py" />
   <source>Propose {patch} again, times</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_requests.py" />
   <source>Writing the tags</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_requests.py" />
   <source>Writing the name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_requests.py" />
   <source>Re-applying</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_table.py" />
   <source>Timeline of all proposals</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>{strategy}, strength {strength}, block {blocks}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>The model without any patch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>{title} {value} of {limit} ({part})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>far over</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>{time} UTC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>More actions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>More that can be done with the selected steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>Columns</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>Choose the columns</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>Height of the rows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>Height of the rows (Ctrl and the mouse wheel)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>Nothing was proposed in this step, so there is no patch to write about</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>Note</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>What is worth remembering about this step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>A name for this step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>Words with commas between them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Type what a step is about</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Write a prompt and press Evolve (Ctrl+Enter). The change strengthens what the model's own features write for this text. Files of prompts can be dropped here and run one after another.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>The same prompt, continued by the model as it was and as it is after the step.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Every step is measured and judged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Fixed probes are read before and after each step. The lines show how far the model has moved; a step over a limit is rejected, and the model stays as it was.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>The way back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Every proposal is a row. Double-click one to roll back to it, right-click for more; Ctrl+Z and Ctrl+Shift+Z undo and redo. The state's hash proves that it is the same, bit for bit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>What a step did</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>The chosen row in full: its verdict, measures, features and texts, and room for a note and tags.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Look inside</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Search the model's features, read a text token by token, steer with a feature, and make an edit of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Two states side by side</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Any two rows of the timeline, the base included: what differs in settings, weights, measures and texts.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Everything is a line of Python</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>What you do here appears as the line that does the same in a script. The palette (Ctrl+Shift+P) reaches every action of the window by its name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>End the tour (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>The step before (Left)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>Next</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>The next step (Right)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>Done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>{number} of {count}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Begin a session on the loaded model (Ctrl+N)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Open a session file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Take the tour</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Where everything is, in a minute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Go to the workspace</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Leave this page; the File menu brings it back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>No sessions yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>A session keeps every step, its measures and how to take it back. Those you open are listed here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Type a prompt in the workspace, or run an example.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Show this page at the start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Change a live language model, measure every change, and take it back exactly.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Sessions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Examples</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>On the default model and two processor cores</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>Run it in a new session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>A model must be loaded and nothing else be running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>Run the example {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>about {seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_loading.py" />
   <source>{model} is loaded on {device}, {dtype}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_loading.py" />
   <source>The model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_recent.py" />
   <source>Recent sessions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_recent.py" />
   <source>missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_recent.py" />
   <source>last open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_recent.py" />
   <source>{path} is no longer there; choosing it takes it off the list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>Python scripts (*.py)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>Save trace as script</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>There is nothing in the trace yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>The trace is saved as {file}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>{file} cannot be written: {reason}</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
