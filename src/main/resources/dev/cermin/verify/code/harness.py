# Runs in the sandbox. Arguments: the folder with answer.py and tests.py, or workload.py to be timed, and the entry point
# if there is one; standard input: a secret. What was found is one line on standard output, and its first word is the secret.
import ast
import base64
import hashlib
import os
import resource
import sys
import time
import types

TOLD = 1000
# of the time of all threads, what may be a matter of ticks
UNSURE = 20_000_000


def fields(kind, message):
    return " ".join([kind, base64.b64encode(message.encode("utf-8", "replace")).decode()]).encode()


def line_of(trace, file):
    """The innermost frame of that file, with its line; None where the trace does not come by."""
    found = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            found = trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
    return found


def assertion(tree, line):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno):
            return node
    return None


def actual(node, frame):
    """What the left side of a comparison that failed comes to, when computed again."""
    if not (isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare)):
        return ""
    try:
        code = compile(ast.Expression(node.test.left), "<actual>", "eval")
        return ", and the left side is %.300r" % (eval(code, frame.f_globals, frame.f_locals),)
    except BaseException:
        return ""


def describe(error, tests, tree):
    """The exception; where it comes from; and what the tests asked."""
    kind = type(error).__name__
    try:
        text = str(error)[:TOLD]
    except BaseException:
        text = ""
    told = "%s: %s" % (kind, text) if text else kind
    if isinstance(error, SystemExit):
        told = "it called exit"
    answer = line_of(error.__traceback__, "answer.py")
    if answer:
        told += " (line %d)" % answer[1]
    asked = line_of(error.__traceback__, "tests.py")
    if asked:
        frame, line = asked
        node = assertion(tree, line)
        last = getattr(node, "end_lineno", None) or line
        first = node.lineno if node else line
        source = " ".join(part.strip() for part in tests.splitlines()[first - 1 : last])[:TOLD]
        if answer is None and isinstance(error, AssertionError):
            told += actual(node, frame)
        told = "tests, line %d: %s: %s" % (first, source, told)
    return told


def syntax(error):
    return "line %s: %s%s" % (error.lineno, error.msg, ": " + error.text.strip() if error.text else "")


def test_functions(names, known):
    return [(name, value) for name, value in names.items()
            if name.startswith("test") and isinstance(value, types.FunctionType) and known.get(name) is not value]


def test_cases(names, known):
    unittest = sys.modules.get("unittest")
    return [] if unittest is None else [
        value for name, value in names.items()
        if isinstance(value, type) and issubclass(value, unittest.TestCase)
        and value.__module__ == "answer" and known.get(name) is not value]


def run_case(case):
    import unittest
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    failed = ["%s: %s" % (test, trace.strip().splitlines()[-1]) for test, trace in result.failures + result.errors]
    failed += ["%s: was to fail" % test for test in result.unexpectedSuccesses]
    return failed


def find(folder, entry):
    run, show = exec, fields
    with open(os.path.join(folder, "answer.py"), encoding="utf-8") as file:
        answer = file.read()
    with open(os.path.join(folder, "tests.py"), encoding="utf-8") as file:
        tests = file.read()
    try:
        tree = ast.parse(tests, "tests.py")
        tests_code = compile(tree, "tests.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return show("unusable", "The tests are no Python: " + str(error))
    checked = "check" in (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
    called = any(isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check" for node in ast.walk(tree))
    if entry and not checked:
        return show("unusable", "The entry point %s is given, and the tests define no check(candidate)" % entry)
    if checked and not called and not entry:
        return show("unusable", "The tests define check and call it nowhere; the setting entry-point is missing")
    try:
        answer_code = compile(answer, "answer.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return show("failed", "The code is no Python: " + syntax(error))
    except (ValueError, MemoryError, RecursionError) as error:
        return show("failed", "The code is no Python: " + str(error))
    # not __main__: what an answer does only as a program is not asked for
    module = sys.modules["answer"] = types.ModuleType("answer")
    names = module.__dict__
    try:
        run(answer_code, names)
    except BaseException as error:
        return show("failed", "The code fails by itself: " + describe(error, tests, tree))
    if entry and entry not in names:
        return show("failed", "The code does not define " + entry)
    known = dict(names)
    try:
        run(tests_code, names)
        if entry:
            names["check"](names[entry])
    except BaseException as error:
        if isinstance(error, ModuleNotFoundError) and line_of(error.__traceback__, "answer.py") is None:
            return show("unusable", "The tests import %s, which this Python does not have" % error.name)
        return show("failed", "A test fails:\n" + describe(error, tests, tree))
    failed = []
    for name, function in test_functions(names, known):
        if function.__code__.co_argcount > len(function.__defaults__ or ()):
            return show("unusable", "The tests' %s takes arguments, and there is nobody to give them" % name)
        try:
            function()
        except BaseException as error:
            failed.append("%s: %s" % (name, describe(error, tests, tree)))
    for case in test_cases(names, known):
        failed += run_case(case)
    if failed:
        return show("failed", "%d of the tests fail:\n%s" % (len(failed), "\n".join(failed)))
    return show("passed", "The tests pass")


def cpu(thread=time.thread_time_ns, process=time.process_time_ns, usage=resource.getrusage, who=resource.RUSAGE_CHILDREN):
    """Nanoseconds of this thread; and of all threads and the processes waited for, which count in ticks."""
    others = usage(who)
    return thread(), process() + int((others.ru_utime + others.ru_stime) * 1e9)


def measure(folder):
    """Times workload() once: nanoseconds of CPU, and what it returned, as a digest and as text."""
    run, show, clock, digest, text = exec, fields, cpu, hashlib.sha256, repr
    with open(os.path.join(folder, "answer.py"), encoding="utf-8") as file:
        answer = file.read()
    with open(os.path.join(folder, "workload.py"), encoding="utf-8") as file:
        workload = file.read()
    try:
        workload_code = compile(workload, "workload.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return show("unusable", "The workload is no Python: " + str(error))
    try:
        answer_code = compile(answer, "answer.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        return show("failed", "The code is no Python: " + (syntax(error) if isinstance(error, SyntaxError) else str(error)))
    module = sys.modules["answer"] = types.ModuleType("answer")
    names = module.__dict__
    try:
        run(answer_code, names)
    except BaseException as error:
        return show("failed", "The code fails by itself: " + describe(error, "", None))
    try:
        run(workload_code, names)
        work = names.get("workload")
        if not callable(work):
            return show("unusable", "The workload is to define a function workload()")
        start = clock()
        result = work()
        took = [after - before for before, after in zip(start, clock())]
        shown = text(result)
    except BaseException as error:
        return show("failed", "The workload fails: " + describe(error, "", None))
    return show("passed", "%d\n%s\n%s" % (max(took[0], took[1] - UNSURE), digest(shown.encode("utf-8", "replace")).hexdigest(), shown[:TOLD]))


def main():
    write, read, leave = os.write, os.read, os._exit
    out = os.dup(1)
    # what the answer prints is no report
    os.dup2(2, 1)
    write(out, b"started \n")
    folder, entry = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    timed = os.path.exists(os.path.join(folder, "workload.py"))
    # the secret never has a name by which the answer's code could look it up
    write(out, b"%s %s\n" % (read(0, 4096), measure(folder) if timed else find(folder, entry)))
    leave(0)


main()
