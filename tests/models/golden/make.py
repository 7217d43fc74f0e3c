"""Outputs and gradients of each kind of network by PyTorch, in float64: run with `python3 make.py > golden.json`.

Weights and inputs are not stored: both sides compute them with `fill`. Each case has the output for the input, and
for each weight, in the order of tfjs, the gradient of sum(output * fill(output's shape)).
"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def fill(shape, k, scale=0.4):
    size = math.prod(shape)
    values = [scale * math.sin(12.9898 * (i + 1) + 78.233 * k) for i in range(size)]
    return torch.tensor(values).reshape(shape)


def case(forward, shapes):
    """The weights' shapes are those of tfjs; `forward` takes the weights as a list."""
    weights = [fill(shape, k + 1).requires_grad_() for k, shape in enumerate(shapes)]
    output = forward(*weights)
    (output * fill(output.shape, 99)).sum().backward()
    return {
        "output": rounded(output.detach()),
        "gradients": [rounded(w.grad if w.grad is not None else torch.zeros_like(w)) for w in weights],
    }


def rounded(tensor):
    return [float(f"{v:.9g}") for v in tensor.flatten().tolist()]


def conv(x, kernel, bias=None, stride=1):
    """tfjs's layout: x (B, H, W, C), kernel (FH, FW, C, K), 'same' padding: the odd pixel goes below and to the right."""
    total = 2 if stride == 1 else 1
    x = F.pad(x.permute(0, 3, 1, 2), (total // 2, total - total // 2, total // 2, total - total // 2))
    return F.conv2d(x, kernel.permute(3, 2, 0, 1), bias, stride=stride).permute(0, 2, 3, 1)


def conv_transpose(x, kernel, bias):
    """kernel (FH, FW, K, C), stride 2, 'same': the adjoint of `conv` with stride 2."""
    full = F.conv_transpose2d(x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), bias, stride=2)
    return full[:, :, : 2 * x.shape[1], : 2 * x.shape[2]].permute(0, 2, 3, 1)


def pool(x, average=False):
    x = x.permute(0, 3, 1, 2)
    return (F.avg_pool2d(x, 2) if average else F.max_pool2d(x, 2)).permute(0, 2, 3, 1)


def cnn(k1, b1, k2, b2, w, b, v, c):
    x = fill((2, 6, 6, 2), 0, 1.0)
    x = pool(torch.relu(conv(x, k1, b1)))
    x = pool(torch.relu(conv(x, k2, b2)))
    x = torch.relu(x.reshape(2, -1) @ w + b)
    return torch.softmax(x @ v + c, -1)


def normalised_cnn(k1, gamma, beta, v, c):
    """In training: batch statistics."""
    x = conv(fill((3, 4, 4, 1), 0, 1.0), k1)
    mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2), unbiased=False)
    x = torch.relu((x - mean) / torch.sqrt(variance + 1e-3) * gamma + beta)
    return pool(x, average=True).mean((1, 2)) @ v + c


def hard_sigmoid(x):
    return torch.clamp(0.2 * x + 0.5, 0, 1)


def simple(x, state, k, r, b):
    (h,) = state
    return (torch.tanh(x @ k + h @ r + b),)


def gru(x, state, k, r, b):
    (h,) = state
    n = h.shape[1]
    xs = x @ k + b
    z = hard_sigmoid(xs[:, :n] + h @ r[:, :n])
    reset = hard_sigmoid(xs[:, n : 2 * n] + h @ r[:, n : 2 * n])
    candidate = torch.tanh(xs[:, 2 * n :] + (reset * h) @ r[:, 2 * n :])
    return (z * h + (1 - z) * candidate,)


def lstm(x, state, k, r, b):
    h, c = state
    n = h.shape[1]
    gates = x @ k + h @ r + b
    i, f = hard_sigmoid(gates[:, :n]), hard_sigmoid(gates[:, n : 2 * n])
    c = f * c + i * torch.tanh(gates[:, 2 * n : 3 * n])
    return (hard_sigmoid(gates[:, 3 * n :]) * torch.tanh(c), c)


CELLS = {"simple": (simple, 1, 1), "gru": (gru, 1, 3), "lstm": (lstm, 2, 4)}
TOKENS = torch.tensor([[3, 1, 4, 1], [5, 2, 0, 0], [6, 0, 0, 0]])


def run(cell, x, mask, units, weights, backwards=False):
    step, states, _ = CELLS[cell]
    state = tuple(torch.zeros(x.shape[0], units) for _ in range(states))
    order = range(x.shape[1])
    outputs = {}
    for t in reversed(order) if backwards else order:
        new = step(x[:, t], state, *weights)
        keep = mask[:, t : t + 1]
        state = tuple(keep * n + (1 - keep) * o for n, o in zip(new, state))
        outputs[t] = state[0]
    return torch.stack([outputs[t] for t in order], 1), state[0]


def rnn(cell, bidirectional):
    """Embedding of 7 tokens in 3 numbers, one layer of 4 units, one probability."""
    gates = CELLS[cell][2]
    layer = [(3, 4 * gates), (4, 4 * gates), (4 * gates,)]
    shapes = [(7, 3), *layer, *(layer if bidirectional else []), (8 if bidirectional else 4, 1), (1,)]

    def forward(table, *rest):
        x, mask = table[TOKENS], (TOKENS != 0).double()
        _, last = run(cell, x, mask, 4, rest[:3])
        if bidirectional:
            last = torch.cat([last, run(cell, x, mask, 4, rest[3:6], backwards=True)[1]], 1)
        return torch.sigmoid(last @ rest[-2] + rest[-1])

    return case(forward, shapes)


def layer_norm(x, gamma, beta):
    return F.layer_norm(x, (x.shape[-1],), gamma, beta, eps=1e-5)


def attention(x, wq, bq, wk, bk, wv, bv, wo, bo, mask):
    """By PyTorch's own MultiheadAttention; `mask[b, i, j]` is true where i must not see j."""
    heads = 2
    return F.multi_head_attention_forward(
        *[x.transpose(0, 1)] * 3,
        x.shape[-1],
        heads,
        torch.cat([wq, wk, wv], 1).T,
        torch.cat([bq, bk, bv]),
        None,
        None,
        False,
        0.0,
        wo.T,
        bo,
        attn_mask=mask.repeat_interleave(heads, 0),
    )[0].transpose(0, 1)


def positions(time, width):
    at = torch.arange(time)[:, None] / 10000 ** (torch.arange(0, width, 2) / width)
    return torch.stack([torch.sin(at), torch.cos(at)], -1).reshape(time, -1)[:, :width]


BLOCK = [(4,), (4,)] + [(4, 4), (4,)] * 4 + [(4,), (4,), (4, 8), (8,), (8, 4), (4,)]


def block(x, weights, mask):
    g1, b1, *rest = weights
    x = x + attention(layer_norm(x, g1, b1), *rest[:8], mask)
    g2, b2, w1, c1, w2, c2 = rest[8:]
    return x + torch.relu(layer_norm(x, g2, b2) @ w1 + c1) @ w2 + c2


def encoder(table, *weights):
    """Sinusoidal positions, two blocks, padding masked, the mean of what is no padding."""
    x = table[TOKENS] * 2 + positions(4, 4)
    seen = (TOKENS != 0).double()
    mask = (TOKENS == 0)[:, None, :].expand(3, 4, 4)
    for i in range(2):
        x = block(x, weights[i * 16 : i * 16 + 16], mask)
    g, b, w, c = weights[32:]
    x = layer_norm(x, g, b) * seen[:, :, None]
    return torch.sigmoid(x.sum(1) / seen.sum(1, keepdim=True) @ w + c)


def decoder(table, learned, *weights):
    x = table[TOKENS] + learned[:4]
    mask = torch.ones(4, 4).triu(1).bool().expand(3, 4, 4)
    x = block(x, weights[:16], mask)
    g, b, w, c = weights[16:]
    return torch.softmax(layer_norm(x, g, b) @ w + c, -1)


def autoencoder(k1, b1, k2, b2, wc, bc, wd, bd, k3, b3, k4, b4):
    x = fill((2, 8, 4, 1), 0, 1.0)
    x = torch.relu(conv(x, k1, b1, stride=2))
    x = torch.relu(conv(x, k2, b2, stride=2))
    code = x.reshape(2, -1) @ wc + bc
    x = torch.relu(code @ wd + bd).reshape(2, 2, 1, 3)
    x = torch.relu(conv_transpose(x, k3, b3))
    return torch.sigmoid(conv_transpose(x, k4, b4))


golden = {
    "cnn": case(cnn, [(3, 3, 2, 3), (3,), (3, 3, 3, 4), (4,), (4, 5), (5,), (5, 3), (3,)]),
    "normalisedCnn": case(normalised_cnn, [(3, 3, 1, 2), (2,), (2,), (2, 1), (1,)]),
    **{f"{cell}": rnn(cell, False) for cell in CELLS},
    **{f"{cell}Both": rnn(cell, True) for cell in CELLS},
    "encoder": case(encoder, [(7, 4), *BLOCK, *BLOCK, (4,), (4,), (4, 1), (1,)]),
    "decoder": case(decoder, [(7, 4), (5, 4), *BLOCK, (4,), (4,), (4, 7), (7,)]),
    "autoencoder": case(
        autoencoder,
        [(3, 3, 1, 2), (2,), (3, 3, 2, 3), (3,), (6, 2), (2,), (2, 6), (6,), (3, 3, 2, 3), (2,), (3, 3, 1, 2), (1,)],
    ),
}
print(json.dumps(golden))
