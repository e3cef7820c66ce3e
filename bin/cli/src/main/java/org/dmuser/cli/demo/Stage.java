package org.dmuser.cli.demo;

import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.UndoStack;

/** What every part of a demo works with. */
record Stage(DemoPlace place, DemoProcesses dmuser, Steps steps, UndoStack undo, StopSignal stop) {}
